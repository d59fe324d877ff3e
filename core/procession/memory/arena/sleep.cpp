// SPDX-License-Identifier: MIT
#include <procession/memory/arena/sleep.h>

#include <procession/memory/arena/arena.h>
#include <procession/memory/arena/sweep.h>
#include <procession/platform/base/kernelclock.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>

namespace procession {

namespace {

using namespace std::chrono_literals;

// Sleepers check for dead processes after this time: a process may die between taking a wake-up and
// acting on it, and its parent may be too busy to notice.
constexpr auto LongestSleep = 1s;
// least time between two sweeps of a thread that sleeps briefly again and again
constexpr std::chrono::nanoseconds SweepPause = 10ms;

void sweepNowAndThen()
{
    thread_local qint64 last = 0;
    const qint64 now = Sleep::now();
    if (now - last < SweepPause.count())
        return;
    last = now;
    sweepEndedProcesses();
}

} // namespace

Sleep::Sleep(ObjectId object, qint64 since)
    : m_thread(currentThreadRecord()),
      m_before(m_thread.waitingFor.load(std::memory_order_relaxed)),
      m_sinceBefore(m_thread.waitingSince.load(std::memory_order_relaxed)),
      m_deaths(Arena::get().map().header().deaths.load(std::memory_order_acquire))
{
    m_thread.waitsForever.store(0, std::memory_order_relaxed); // until the deadline is known
    m_thread.waitingSince.store(m_before == object.packed() ? std::min(since, m_sinceBefore) : since, std::memory_order_relaxed);
    m_thread.waitingFor.store(object.packed(), std::memory_order_release);
}

qint64 Sleep::now() { return commonNow().time_since_epoch().count(); }

Sleep::~Sleep()
{
    m_thread.waitsForever.store(0, std::memory_order_relaxed);
    m_thread.waitingSince.store(m_sinceBefore, std::memory_order_relaxed);
    m_thread.waitingFor.store(m_before, std::memory_order_release);
}

FutexWait Sleep::whileIs(const FutexWord &word, std::uint32_t expected, QDeadlineTimer deadline, ThreadWord owner) const
{
    return whileIs(word, expected, deadline, std::span(&owner, owner != 0 ? 1 : 0));
}

FutexWait Sleep::whileIs(const FutexWord &word, std::uint32_t expected, QDeadlineTimer deadline,
    std::span<const ThreadWord> others, FutexExpectation also) const
{
    if (deadline.hasExpired())
        return FutexWait::TimedOut;
    m_thread.waitsForever.store(deadline.isForever() ? 1 : 0, std::memory_order_relaxed);
    const FutexWord &deaths = Arena::get().map().header().deaths;
    std::array<FutexExpectation, MostWatched + 3> words;
    words[0] = {&word, expected};
    words[1] = {&deaths, m_deaths};
    words[2] = also;
    const std::size_t own = also.word ? 3 : 2;
    const auto watched = others.first(std::min(others.size(), MostWatched));
    std::array<const ThreadRecord *, MostWatched> records;
    for (std::size_t i = 0; i < watched.size(); ++i) {
        records[i] = recordOf(watched[i]);
        if (!records[i])
            return FutexWait::Changed;
        words[i + own] = records[i]->life.expectation();
    }
    const FutexWait wait = waitFutexes({words.data(), watched.size() + own}, std::min(deadline, QDeadlineTimer(LongestSleep)));
    m_deaths = deaths.load(std::memory_order_acquire);
    for (std::size_t i = 0; i < watched.size(); ++i) {
        if (records[i]->life.hasEnded())
            wakeFutex(*words[i + own].word, std::numeric_limits<int>::max());
    }
    if (wait != FutexWait::TimedOut)
        return wait;
    sweepNowAndThen();
    return deadline.hasExpired() ? FutexWait::TimedOut : FutexWait::Woken;
}

} // namespace procession
