// SPDX-License-Identifier: MIT
#pragma once

#include <procession/process/child/child.h>

#include <memory>

namespace procession {

/// This process's parent as a Child whose exit status is never known.
/// \param pid  of the parent, which may have ended in the meantime
std::unique_ptr<Child> watchParent(qint64 pid);

} // namespace procession
