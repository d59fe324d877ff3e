// SPDX-License-Identifier: MIT
#include <procession/forkserverlauncher.h>

#include <procession/executable.h>
#include <procession/forkserver.h>

namespace procession {

bool ForkServerLauncher::isAvailable() const { return hasExecutable(); }

std::unique_ptr<Child> ForkServerLauncher::launch(const ChildSetup &setup, const Work &work) const
{
    checkFreezeSupport();
    return ForkServer::get().launch(messageFor(setup, work));
}

} // namespace procession
