// SPDX-License-Identifier: MIT
#include <procession/process/child/parentwatch.h>

#include <procession/platform/base/processerror.h>
#include <procession/platform/child/lifeline.h>
#include <procession/platform/processes/pidfd.h>

#include <cerrno>

namespace procession {

namespace {

Descriptor watch(qint64 pid)
{
    try {
        Descriptor pidfd = openPidfd(pid);
        // Both become readable when the parent ends.
        return pidfd.isValid() ? std::move(pidfd) : Lifeline::duplicateHeldEnd();
    } catch (const SystemError &error) {
        if (error.number() != ESRCH)
            throw;
        return Descriptor::ended();
    }
}

class Parent : public Child
{
public:
    explicit Parent(qint64 pid) : m_pid(pid), m_pidfd(watch(pid)) { }

    qint64 pid() const override { return m_pid; }
    int sentinel() const override { return m_pidfd.get(); }
    ExitStatus reap() override { return ExitStatus::lost(); }
    void signal(int signal) override { sendSignal(m_pidfd, m_pid, signal); }

private:
    qint64 m_pid;
    Descriptor m_pidfd;
};

} // namespace

std::unique_ptr<Child> watchParent(qint64 pid) { return std::make_unique<Parent>(pid); }

} // namespace procession
