// SPDX-License-Identifier: MIT
#pragma once

#include <procession/process/child/child.h>

#include <memory>

namespace procession {

/// This process's parent, in the form of a Child whose exit status is never known.
/// \param pid  of the parent, which may have ended meanwhile
std::unique_ptr<Child> watchParent(qint64 pid);

} // namespace procession
