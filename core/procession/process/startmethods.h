// SPDX-License-Identifier: MIT
#pragma once

#include <procession/process/child/startmethod.h>

#include <vector>

namespace procession {

/// Whether processes can be started by `method`: `ForkServer` and `Spawn` need an executable file of this program, which /proc tells, or of
/// setExecutable(), that may be executed.
bool isAvailable(StartMethod method);

/// Those that are available, first the default of a program that runs without PROCESSION_START_METHOD. (Reference: get_all_start_methods)
std::vector<StartMethod> allStartMethods();

} // namespace procession
