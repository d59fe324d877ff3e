// SPDX-License-Identifier: MIT
#include <procession/signalreset.h>

namespace procession {

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
        if (::sigaction(signal, nullptr, &action) == 0 && action.sa_handler != SIG_DFL)
            ::signal(signal, SIG_DFL);
    }
    ::signal(SIGINT, SIG_IGN);
}

void takeChildSignals() { ::signal(SIGCHLD, SIG_DFL); }

} // namespace procession
