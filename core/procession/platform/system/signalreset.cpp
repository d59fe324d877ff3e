// SPDX-License-Identifier: MIT
#include <procession/platform/system/signalreset.h>

namespace procession {

namespace {

/// Catches it and does nothing; calls that it interrupts go on.
void disregard(int signal)
{
    struct sigaction action
    {
    };
    action.sa_handler = [](int) {};
    action.sa_flags = SA_RESTART;
    ::sigaction(signal, &action, nullptr);
}

} // namespace

bool staysIgnored(int signal, const struct sigaction &action)
{
    return action.sa_handler == SIG_IGN && (signal == SIGHUP || signal == SIGINT || signal == SIGQUIT);
}

SignalBlock::SignalBlock()
{
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &m_before);
}

SignalBlock::~SignalBlock()
{
    if (!m_ended)
        pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
}

void SignalBlock::end()
{
    m_ended = true;
    sigset_t none;
    sigemptyset(&none);
    pthread_sigmask(SIG_SETMASK, &none, nullptr);
}

void resetSignalsOfChild()
{
    for (int signal = 1; signal < NSIG; ++signal) {
        struct sigaction action
        {
        };
        if (::sigaction(signal, nullptr, &action) != 0 || staysIgnored(signal, action))
            continue;
        if (action.sa_handler != SIG_DFL)
            ::signal(signal, SIG_DFL);
        if (signal == SIGINT)
            disregard(signal);
    }
    ::signal(SIGTTIN, SIG_IGN);
    ::signal(SIGTTOU, SIG_IGN);
}

void takeChildSignals() { ::signal(SIGCHLD, SIG_DFL); }

} // namespace procession
