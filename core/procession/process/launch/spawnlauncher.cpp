// SPDX-License-Identifier: MIT
#include <procession/process/launch/spawnlauncher.h>

#include <procession/ipc/pipe.h>
#include <procession/platform/base/loglimit.h>
#include <procession/platform/socket/streamsocket.h>
#include <procession/process/child/logging.h>
#include <procession/process/launch/executable.h>
#include <procession/process/launch/pidfdchild.h>

namespace procession {

namespace {

/// A child whose program possibly does not call freezeSupport(), and so leaves its work unread.
class SpawnedChild : public PidfdChild
{
public:
    explicit SpawnedChild(ChildProcess process) : PidfdChild(std::move(process)) { }

    /// \param boot  the socket through which the work was sent
    void watch(const Connection &boot) { m_boot = boot; }
    ExitStatus reap() override
    {
        const ExitStatus status = PidfdChild::reap();
        const bool didNothing = status.isSuccess() && wasLeftUnread(m_boot.fileno());
        m_boot.close();
        if (!didNothing)
            return status;
        static LogLimit limit;
        limit.critical(processLog(),
            "process %lld ended without doing its work: main() of the program that setExecutable() named must call "
            "procession::freezeSupport(argc, argv) first",
            static_cast<long long>(pid()));
        return ExitStatus::exited(1);
    }

private:
    Connection m_boot;
};

} // namespace

bool SpawnLauncher::isAvailable() const { return hasExecutable(); }

std::unique_ptr<Child> SpawnLauncher::launch(const ChildSetup &setup, const Work &work, Descriptor lifeline) const
{
    checkFreezeSupport();
    const Message message = messageFor(setup, work, std::move(lifeline));
    auto [ours, childs] = pipe();
    auto child = std::make_unique<SpawnedChild>(startExecutable(ChildRole, childs.fileno()));
    childs.close();
    sendWork(*child, ours, message);
    child->watch(ours);
    return child;
}

} // namespace procession
