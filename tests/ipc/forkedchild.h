// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/systemcall.h>

#include <QtCore/QDebug>

#include <sys/wait.h>
#include <unistd.h>

/// A copy of this process that runs `function` and ends, with 0 unless it throws. To be made while there is one thread.
class ForkedChild
{
public:
    template <typename Function>
    explicit ForkedChild(Function function) : m_pid(procession::checked("fork", ::fork()))
    {
        if (m_pid != 0)
            return;
        int code = 0;
        try {
            function();
        } catch (const std::exception &error) {
            qWarning() << "the child ended by" << error.what();
            code = 1;
        }
        ::_exit(code);
    }
    ~ForkedChild()
    {
        if (m_pid > 0) {
            ::kill(m_pid, SIGKILL);
            join();
        }
    }
    Q_DISABLE_COPY_MOVE(ForkedChild)

    pid_t pid() const { return m_pid; }
    void kill() const { ::kill(m_pid, SIGKILL); }
    /// Waits for its end; returns the exit code, or minus the signal.
    int join()
    {
        int status = 0;
        procession::retryOnInterrupt([&] { return ::waitpid(m_pid, &status, 0); });
        m_pid = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    }

private:
    pid_t m_pid;
};
