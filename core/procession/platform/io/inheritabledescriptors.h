// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

namespace procession {

/// The open descriptors of this process that a program which it executes inherits, but for the standard streams; in ascending order.
///
/// To be asked at the beginning of a program: what is open then was opened by the caller, who means it for the program and for what the
/// program starts (`9>file`, `<(command)`, make's job server). Blocks for some microseconds. Where /proc is hidden, those below 1,024.
std::vector<int> inheritableDescriptors();

} // namespace procession
