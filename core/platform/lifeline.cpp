// SPDX-License-Identifier: MIT
#include <procession/lifeline.h>

#include <procession/systemcall.h>

#include <csignal>
#include <fcntl.h>
#include <mutex>
#include <poll.h>
#include <pthread.h>
#include <unistd.h>

namespace procession {

namespace {

struct Ends
{
    std::mutex mutex;
    int read = -1;
    int write = -1;
};

Ends &ends()
{
    static Ends shared;
    return shared;
}

/// The end that this process holds on to; it stays open for as long as the process lives.
int heldEnd = -1;

} // namespace

Descriptor Lifeline::offer()
{
    Ends &shared = ends();
    const std::scoped_lock lock(shared.mutex);
    if (shared.write < 0) {
        static const int registered = ::pthread_atfork(nullptr, nullptr, [] { Lifeline::forget(); });
        if (registered != 0)
            throw SystemError("pthread_atfork", {}, registered);
        int both[2];
        checked("pipe2", ::pipe2(both, O_CLOEXEC));
        shared.read = both[0];
        shared.write = both[1];
    }
    // Opened anew for each child, because whom to signal belongs to an open file and not to a descriptor; and here, because for a new
    // process the kernel has to make up all of /proc/self first.
    const QByteArray path = "/proc/self/fd/" + QByteArray::number(shared.read);
    return Descriptor(checked("open", ::open(path.constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC), path));
}

void Lifeline::hold(const Descriptor &end)
{
    Descriptor own = end.duplicate();
    checked("fcntl", ::fcntl(own.get(), F_SETSIG, SIGKILL));
    checked("fcntl", ::fcntl(own.get(), F_SETOWN, ::getpid()));
    checked("fcntl", ::fcntl(own.get(), F_SETFL, O_ASYNC | O_NONBLOCK));
    pollfd broken{own.get(), 0, 0};
    if (::poll(&broken, 1, 0) == 1) // it broke before anything could notice
        ::kill(::getpid(), SIGKILL);
    if (heldEnd >= 0) // of the process that this one is a copy of
        ::close(heldEnd);
    heldEnd = own.release();
}

void Lifeline::forget() noexcept
{
    Ends &shared = ends();
    if (shared.write < 0)
        return;
    ::close(shared.read);
    ::close(shared.write);
    shared.read = -1;
    shared.write = -1;
}

} // namespace procession
