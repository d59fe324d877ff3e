// SPDX-License-Identifier: MIT
#pragma once

#include <procession/process/child/startmethod.h>
#include <procession/process/launch/launcher.h>

namespace procession {

/// The launcher of a start method: the same one for as long as the process lives.
const Launcher &launcherFor(StartMethod method);

} // namespace procession
