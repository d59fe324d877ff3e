// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/child/minder.h>
#include <procession/platform/processes/pidfd.h>
#include <procession/process/child/child.h>

namespace procession {

/// A child process whose minder reports the exit status. By then the minder has killed the rest of
/// the child's group where that is required.
class MindedChild : public Child
{
public:
    explicit MindedChild(Minded process) : m_process(std::move(process)) { }

    qint64 pid() const override { return m_process.pid; }
    int sentinel() const override { return m_process.status.get(); }
    ExitStatus reap() override { return mindedStatus(m_process.status); }
    void signal(int signal) override { signalWithGroup(m_process.pidfd, m_process.pid, signal); }

private:
    Minded m_process;
};

} // namespace procession
