// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

namespace procession {

/// Enlarges a pipe to a mebibyte, so that a fast writer and its reader wait for each other less
/// often. Does nothing if the system does not allow this user so much.
void enlargePipe(const Descriptor &pipe) noexcept;

} // namespace procession
