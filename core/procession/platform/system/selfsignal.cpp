// SPDX-License-Identifier: MIT
#include <procession/platform/system/selfsignal.h>

#include <csignal>
#include <unistd.h>

namespace procession {

namespace {

/// What a signal does by default, to this thread.
class DefaultAction
{
public:
    explicit DefaultAction(int signal) : m_signal(signal)
    {
        struct sigaction standard
        {
        };
        standard.sa_handler = SIG_DFL;
        ::sigaction(signal, &standard, &m_action);
        sigset_t set;
        sigemptyset(&set);
        sigaddset(&set, signal);
        pthread_sigmask(SIG_UNBLOCK, &set, &m_mask);
    }
    ~DefaultAction()
    {
        pthread_sigmask(SIG_SETMASK, &m_mask, nullptr);
        ::sigaction(m_signal, &m_action, nullptr);
    }
    DefaultAction(const DefaultAction &) = delete;
    DefaultAction &operator=(const DefaultAction &) = delete;

private:
    int m_signal;
    struct sigaction m_action
    {
    };
    sigset_t m_mask{};
};

} // namespace

void announceStop()
{
    sigset_t pending;
    if (::sigpending(&pending) == 0 && sigismember(&pending, SIGCONT) == 1)
        return;
    ::raise(SIGTSTP); // pending; the kernel drops it when SIGCONT comes
}

void stopAsAnnounced()
{
    const DefaultAction action(SIGTSTP); // lets a pending one act
}

void dieOf(int signal)
{
    const DefaultAction action(signal);
    ::raise(signal);
}

qint64 ownGroup() { return ::getpgrp(); }

} // namespace procession
