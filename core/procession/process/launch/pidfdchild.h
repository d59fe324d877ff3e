// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/child/childprocess.h>
#include <procession/process/child/child.h>

#include <csignal>

namespace procession {

/// A child process whose end the kernel reports through a pidfd.
class PidfdChild : public Child
{
public:
    explicit PidfdChild(ChildProcess process) : m_process(std::move(process)) { }

    qint64 pid() const override { return m_process.pid(); }
    int sentinel() const override { return m_process.pidfd(); }
    ExitStatus reap() override
    {
        if (leavesNothing() || m_process.wasKilled())
            m_process.signalGroup(SIGKILL);
        return m_process.reap().status;
    }
    void signal(int signal) override
    {
        if (!m_process.signalGroup(signal)) // it does not lead a group yet
            m_process.signal(signal);
    }

private:
    ChildProcess m_process;
};

} // namespace procession
