// SPDX-License-Identifier: MIT
#include <procession/platform/child/lifeline.h>

#include <procession/platform/base/systemcall.h>
#include <procession/platform/child/forkprocess.h>

#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <mutex>
#include <poll.h>
#include <string>
#include <sys/eventfd.h>
#include <unistd.h>
#include <vector>

namespace procession {

namespace {

/// The parent's ends of all its children, for a copy of the parent to close. Locked across fork(), so that the copy finds it whole.
struct OwnEnds
{
    struct End
    {
        quint64 number;
        int descriptor;
    };

    std::mutex mutex;
    quint64 lastNumber = 0;
    std::vector<End> ends;
};

OwnEnds &ownEnds()
{
    static auto *shared = new OwnEnds; // never destroyed: threads may start children until the process has gone
    return *shared;
}

/// The end that this process holds on to; it stays open for as long as the process lives.
int ownLifeline = -1;
/// The same end, opened once more for the group: an open file signals one receiver.
int groupLifeline = -1;

/// In a copy of this process, which must not keep its siblings alive. What this process holds on to is not the copy's: held open, it
/// would end the copy when the parent has reaped this process.
void forgetOwnEnds()
{
    for (int *end : {&ownLifeline, &groupLifeline}) {
        if (*end >= 0)
            ::close(std::exchange(*end, -1));
    }
    OwnEnds &own = ownEnds();
    for (const OwnEnds::End &end : own.ends)
        ::close(end.descriptor);
    own.ends.clear();
    own.mutex.unlock();
}

/// SIGKILL for the owner, a process or the negative number of a group, when the pipe breaks; false when it is broken already.
bool signalWhenBroken(int end, pid_t owner)
{
    checked("fcntl", ::fcntl(end, F_SETSIG, SIGKILL));
    checked("fcntl", ::fcntl(end, F_SETOWN, owner));
    checked("fcntl", ::fcntl(end, F_SETFL, O_ASYNC | O_NONBLOCK));
    pollfd broken{end, 0, 0};
    return ::poll(&broken, 1, 0) != 1;
}

void watchForks()
{
    static std::once_flag once;
    std::call_once(once, [] { atFork([] { ownEnds().mutex.lock(); }, [] { ownEnds().mutex.unlock(); }, forgetOwnEnds); });
}

} // namespace

Lifeline Lifeline::forChild()
{
    watchForks();
    Lifeline made;
    int both[2];
    OwnEnds &own = ownEnds();
    const std::scoped_lock lock(own.mutex); // a copy made in between would keep the child alive
    own.ends.reserve(own.ends.size() + 1);
    checked("pipe2", ::pipe2(both, O_CLOEXEC | O_NONBLOCK), "a child's lifeline");
    made.m_childsEnd = Descriptor(both[0]);
    made.m_own = Descriptor(both[1]);
    made.m_number = ++own.lastNumber;
    own.ends.push_back({made.m_number, both[1]});
    return made;
}

Lifeline &Lifeline::operator=(Lifeline &&other) noexcept
{
    if (this != &other) {
        release();
        m_childsEnd = std::move(other.m_childsEnd);
        m_own = std::move(other.m_own);
        m_number = other.m_number;
    }
    return *this;
}

Lifeline::~Lifeline() { release(); }

void Lifeline::release() noexcept
{
    m_childsEnd.reset();
    if (!m_own.isValid())
        return;
    OwnEnds &own = ownEnds();
    const std::scoped_lock lock(own.mutex);
    // In a copy of the parent the end is closed, and the descriptor may be another file's.
    if (std::erase_if(own.ends, [this](const OwnEnds::End &end) { return end.number == m_number; }) != 0)
        m_own.reset();
    else
        m_own.release();
}

void Lifeline::hold(Descriptor end)
{
    if (!signalWhenBroken(end.get(), ::getpid())) // it broke before anything could notice
        ::kill(::getpid(), SIGKILL);
    if (ownLifeline >= 0) // of the process that this one is a copy of
        ::close(ownLifeline);
    ownLifeline = end.release();
}

void Lifeline::holdGroup()
{
    if (::setpgid(0, 0) != 0 && errno != EPERM) // which says that it leads a session, and so a group
        throw SystemError("setpgid", {}, errno);
    watchForks(); // a copy that holds on to the same end would be killed with the group once the parent has reaped this process
    // The kernel misses members of a group while another member leaves it, this process, too: so that keeps its own signal.
    const std::string again = "/proc/self/fd/" + std::to_string(ownLifeline);
    Descriptor end(::open(again.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (!end.isValid()) { // without /proc or a free descriptor
        checked("fcntl", ::fcntl(ownLifeline, F_SETOWN, -::getpid()));
        return;
    }
    if (!signalWhenBroken(end.get(), -::getpid()))
        ::kill(0, SIGKILL);
    groupLifeline = end.release();
}

int Lifeline::heldEnd() noexcept { return ownLifeline; }

Descriptor Lifeline::duplicateHeldEnd()
{
    if (ownLifeline >= 0)
        return Descriptor(checked("fcntl", ::fcntl(ownLifeline, F_DUPFD_CLOEXEC, 0)));
    return Descriptor(checked("eventfd", ::eventfd(0, EFD_CLOEXEC)));
}

} // namespace procession
