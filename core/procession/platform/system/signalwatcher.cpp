// SPDX-License-Identifier: MIT
#include <procession/platform/system/signalwatcher.h>

#include <procession/platform/base/descriptor.h>
#include <procession/platform/base/systemcall.h>

#include <QtCore/QPointer>
#include <QtCore/QSocketNotifier>

#include <csignal>
#include <sys/signalfd.h>
#include <vector>

namespace procession {

namespace {

bool isIgnored(int signal)
{
    struct sigaction action
    {
    };
    return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

} // namespace

class SignalWatcher::Private
{
public:
    sigset_t before{};
    Descriptor descriptor;
    std::unique_ptr<QSocketNotifier> notifier;
};

SignalWatcher::SignalWatcher(std::initializer_list<int> signalNumbers, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>())
{
    sigset_t set;
    sigemptyset(&set);
    for (const int number : signalNumbers) {
        if (!isIgnored(number)) // blocked, it would be kept for the descriptor all the same
            sigaddset(&set, number);
    }
    d->descriptor = Descriptor::made(checked("signalfd", signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK)));
    if (const int error = pthread_sigmask(SIG_BLOCK, &set, &d->before); error != 0)
        throw SystemError("pthread_sigmask", {}, error);
    d->notifier = std::make_unique<QSocketNotifier>(d->descriptor.get(), QSocketNotifier::Read);
    connect(d->notifier.get(), &QSocketNotifier::activated, this, &SignalWatcher::read);
}

SignalWatcher::~SignalWatcher()
{
    // What arrived and was not read is dropped: it must not strike now.
    d->notifier->setEnabled(false);
    signalfd_siginfo info;
    while (d->descriptor.read({reinterpret_cast<char *>(&info), sizeof info}).value_or(0) == sizeof info) { }
    pthread_sigmask(SIG_SETMASK, &d->before, nullptr);
}

void SignalWatcher::read()
{
    signalfd_siginfo info;
    // The receiver of the signal may destroy this.
    std::vector<signalfd_siginfo> all;
    while (d->descriptor.read({reinterpret_cast<char *>(&info), sizeof info}).value_or(0) == sizeof info)
        all.push_back(info);
    const QPointer<SignalWatcher> self(this);
    for (const signalfd_siginfo &each : all) {
        if (self)
            Q_EMIT caught(static_cast<int>(each.ssi_signo), each.ssi_pid);
    }
}

void ignoreBrokenPipes()
{
    struct sigaction action
    {
    };
    action.sa_handler = SIG_IGN;
    checked("sigaction", sigaction(SIGPIPE, &action, nullptr));
}

} // namespace procession
