// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

namespace procession {

/// Lets a pipe hold a mebibyte, so that a fast writer and its reader wait for each other less often. Does nothing where the system allows this
/// user no more.
void enlargePipe(const Descriptor &pipe) noexcept;

} // namespace procession
