// SPDX-License-Identifier: MIT
#pragma once

#include <procession/process/child/startmethod.h>

#include <vector>

namespace procession {

/// Whether processes can be started by `method`: `ForkServer` and `Spawn` need an executable file,
/// either this program's, as found in /proc, or the one set by setExecutable().
bool isAvailable(StartMethod method);

/// The available methods; the first is the default of a program that runs without
/// PROCESSION_START_METHOD. (Reference: get_all_start_methods)
std::vector<StartMethod> allStartMethods();

} // namespace procession
