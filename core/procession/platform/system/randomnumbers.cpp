// SPDX-License-Identifier: MIT
#include <procession/platform/system/randomnumbers.h>

#include <QtCore/QRandomGenerator>

#include <array>
#include <atomic>
#include <csetjmp>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <span>
#include <sys/single_threaded.h>
#include <sys/time.h>
#include <type_traits>
#include <unistd.h>

namespace procession {

namespace {

constexpr int MostTicks = 10; // ticks; a lock that is not held by a lost thread is free after a microsecond
constexpr suseconds_t Tick = 20'000; // microseconds

sigjmp_buf wayOut;
volatile std::sig_atomic_t ticksLeft = 0;
std::atomic_bool canBeLocked = true; // the C library's numbers, by a thread that is not in this copy

/// Ticks that come while this process does not run, on a busy machine or stopped, come as one: the count is of time that it ran.
void tick(int)
{
    ticksLeft = ticksLeft - 1;
    if (ticksLeft <= 0)
        siglongjmp(wayOut, 1);
}

void setTimer(suseconds_t microseconds)
{
    const itimerval timer{{0, microseconds}, {0, microseconds}};
    ::setitimer(ITIMER_REAL, &timer, nullptr);
}

/// Takes a lock that a thread may hold which is not in this copy: a timer then ends the wait.
void seedCLibrary(unsigned seed)
{
    if (!canBeLocked.load(std::memory_order_relaxed)) {
        ::srandom(seed); // srand() is the same function
        return;
    }
    struct sigaction action
    {
    };
    struct sigaction before
    {
    };
    action.sa_handler = tick;
    ticksLeft = MostTicks;
    ::sigaction(SIGALRM, &action, &before);
    sigset_t alarm;
    sigset_t maskBefore;
    sigemptyset(&alarm);
    sigaddset(&alarm, SIGALRM);
    pthread_sigmask(SIG_UNBLOCK, &alarm, &maskBefore);
    if (sigsetjmp(wayOut, 1) == 0) {
        setTimer(Tick);
        ::srandom(seed);
    }
    setTimer(0);
    pthread_sigmask(SIG_SETMASK, &maskBefore, nullptr);
    ::sigaction(SIGALRM, &before, nullptr);
}

/// By one system call: Qt's generator takes several pages of its code, each of which costs a copied process a fault.
void fillFromSystem(std::span<quint32> words)
{
    if (::getentropy(words.data(), words.size_bytes()) != 0) // a sandbox refuses it
        QRandomGenerator::system()->fillRange(words.data(), static_cast<qsizetype>(words.size()));
}

} // namespace

void seedRandomNumbers()
{
    std::array<quint32, 10> words;
    fillFromSystem(words);

    // Qt refuses to assign to the global generator and cannot seed it anew in another way, so its bytes are replaced.
    static_assert(std::is_trivially_destructible_v<QRandomGenerator>);
    const QRandomGenerator fresh(words.data() + 2, words.size() - 2);
    std::memcpy(static_cast<void *>(QRandomGenerator::global()), &fresh, sizeof fresh);

    ::srand48(static_cast<long>(words[0]));
    seedCLibrary(words[1]);
}

void prepareRandomNumbers()
{
    static_cast<void>(QRandomGenerator::global()->generate());
    canBeLocked.store(__libc_single_threaded == 0, std::memory_order_relaxed);
}

} // namespace procession
