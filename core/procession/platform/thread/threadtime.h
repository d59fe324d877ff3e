// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

namespace procession {

/// The CPU time that the calling thread has used since its start: a probe of a thread's
/// responsiveness measures it, since a loaded machine does not lengthen it.
/// \throws SystemError
std::chrono::nanoseconds threadCpuTime();

} // namespace procession
