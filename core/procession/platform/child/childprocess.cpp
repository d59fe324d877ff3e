// SPDX-License-Identifier: MIT
#include <procession/platform/child/childprocess.h>

#include <procession/platform/base/readiness.h>
#include <procession/platform/base/systemcall.h>
#include <procession/platform/processes/pidfd.h>

#include <csignal>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace procession {

namespace {

qint64 microseconds(const timeval &time) { return qint64(time.tv_sec) * 1'000'000 + time.tv_usec; }

} // namespace

ChildProcess ChildProcess::lost(qint64 pid)
{
    ChildProcess child(pid, Descriptor::ended());
    child.m_isReaped = true;
    return child;
}

bool ChildProcess::hasEnded() const { return waitReadable(m_pidfd.get(), QDeadlineTimer(0)); }

void ChildProcess::signal(int signal) const
{
    if (!m_isReaped)
        sendSignal(m_pidfd, m_pid, signal);
}

bool ChildProcess::signalGroup(int signal) const { return procession::signalGroup(m_pidfd, m_pid, signal); }

bool ChildProcess::wasKilled() const
{
    siginfo_t info{};
    return syscall(SYS_waitid, P_PIDFD, m_pidfd.get(), &info, WEXITED | WNOWAIT, nullptr) == 0 && info.si_code != CLD_EXITED;
}

ChildEnd ChildProcess::reap()
{
    ChildEnd end;
    siginfo_t info{};
    rusage usage{};
    const bool isTaken = !m_isReaped
        && retryOnInterrupt([&] { return syscall(SYS_waitid, P_PIDFD, m_pidfd.get(), &info, WEXITED, &usage); }) == 0;
    m_isReaped = true; // whatever the reason when it failed: it would fail again
    if (!isTaken) {
        end.status = ExitStatus::lost();
        return end;
    }
    end.status = info.si_code == CLD_EXITED ? ExitStatus::exited(info.si_status)
                                            : ExitStatus::signaled(info.si_status, info.si_code == CLD_DUMPED);
    end.cpuTime = microseconds(usage.ru_utime) + microseconds(usage.ru_stime);
    // Until it executed, the child was in this program's memory, and the kernel counts that too.
    rusage own{};
    ::getrusage(RUSAGE_SELF, &own);
    if (usage.ru_maxrss > own.ru_maxrss)
        end.peakMemory = qint64(usage.ru_maxrss) * 1024;
    return end;
}

void ChildProcess::abandon()
{
    if (!m_pidfd.isValid() || m_isReaped)
        return;
    signalGroup(SIGKILL);
    reap();
}

bool ChildProcess::hasLeftProcesses() const
{
    // The group's number stays reserved as long as it has members, and is reused only after millions of processes.
    return ::kill(static_cast<pid_t>(-m_pid), 0) == 0;
}

} // namespace procession
