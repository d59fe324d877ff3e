// SPDX-License-Identifier: MIT
#include <procession/spawnlauncher.h>

#include <procession/executable.h>
#include <procession/pidfdchild.h>
#include <procession/pipe.h>

namespace procession {

std::unique_ptr<Child> SpawnLauncher::launch(const ChildSetup &setup, const Work &work) const
{
    checkFreezeSupport();
    const Message message = messageFor(setup, work);
    auto [ours, childs] = pipe();
    auto child = std::make_unique<PidfdChild>(startExecutable(ChildRole, childs.fileno()));
    childs.close();
    sendWork(*child, ours, message);
    return child;
}

} // namespace procession
