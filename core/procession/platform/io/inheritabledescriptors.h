// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

namespace procession {

/// The open descriptors of this process that a program executed by it inherits, except the standard
/// streams, in ascending order.
///
/// To be called at the start of a program: descriptors that are open then were opened by its
/// caller, for the program and for what it starts (`9>file`, `<(command)`, make's job server).
/// Blocks for some microseconds. If /proc is hidden, returns those below 1,024.
std::vector<int> inheritableDescriptors();

} // namespace procession
