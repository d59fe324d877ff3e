// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

namespace procession {

/// The CPU time that the calling thread has used since it began: what a probe of a responsive thread counts, since a
/// loaded machine does not lengthen it.
/// \throws SystemError
std::chrono::nanoseconds threadCpuTime();

} // namespace procession
