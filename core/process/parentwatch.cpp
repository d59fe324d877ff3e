// SPDX-License-Identifier: MIT
#include <procession/parentwatch.h>

#include <procession/pidfd.h>

namespace procession {

namespace {

class Parent : public Child
{
public:
    explicit Parent(qint64 pid) : m_pid(pid), m_pidfd(openPidfd(pid)) { }

    qint64 pid() const override { return m_pid; }
    int sentinel() const override { return m_pidfd.get(); }
    ExitStatus reap() override { return ExitStatus::lost(); }
    void signal(int signal) override { sendSignal(m_pidfd, signal); }

private:
    qint64 m_pid;
    Descriptor m_pidfd;
};

} // namespace

std::unique_ptr<Child> watchParent(qint64 pid) { return std::make_unique<Parent>(pid); }

} // namespace procession
