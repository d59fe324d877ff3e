// SPDX-License-Identifier: MIT
#include <procession/process/launch/forkserverlauncher.h>

#include <procession/process/launch/executable.h>
#include <procession/process/launch/forkserver.h>

namespace procession {

bool ForkServerLauncher::isAvailable() const { return hasExecutable(); }

std::unique_ptr<Child> ForkServerLauncher::launch(const ChildSetup &setup, const Work &work, Descriptor lifeline) const
{
    checkFreezeSupport();
    return ForkServer::get().launch(setup, work, std::move(lifeline));
}

} // namespace procession
