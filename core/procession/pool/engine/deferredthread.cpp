// SPDX-License-Identifier: MIT
#include <procession/pool/engine/deferredthread.h>

#include <procession/platform/base/kernelclock.h>
#include <procession/platform/base/loglimit.h>
#include <procession/platform/thread/threadstart.h>
#include <procession/pool/shared/poollog.h>

#include <QtCore/QCoreApplication>

#include <condition_variable>
#include <set>
#include <utility>

namespace procession {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto IdlePause = 100ms;
constexpr auto RetryPause = 100ms; // when the system refuses a thread

} // namespace

/// The waiting objects of one process.
class DeferredThread::Schedule
{
public:
    /// The schedule of this process. A copy of the process makes its own: it has neither the thread nor the state of the lock.
    static Schedule &own();

    std::unique_lock<std::mutex> lock() { return std::unique_lock(m_mutex); }
    // All functions below require the lock.
    void add(DeferredThread &thread, Clock::time_point time);
    void remove(DeferredThread &thread);
    /// \returns whether the system granted a thread
    static bool begin(DeferredThread &thread);

private:
    void run();
    void beginDue();

    const qint64 m_pid = QCoreApplication::applicationPid();
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::set<std::pair<Clock::time_point, DeferredThread *>> m_waiting;
    Clock::time_point m_wakeTime; ///< of the schedule's thread, if that runs
    bool m_isRunning = false;
};

DeferredThread::Schedule &DeferredThread::Schedule::own()
{
    static std::atomic<Schedule *> present = nullptr; // never deleted: its thread may outlive main()
    Schedule *schedule = present.load();
    while (!schedule || schedule->m_pid != QCoreApplication::applicationPid()) {
        auto *made = new Schedule;
        if (present.compare_exchange_strong(schedule, made))
            return *made;
        delete made;
    }
    return *schedule;
}

void DeferredThread::Schedule::add(DeferredThread &thread, Clock::time_point time)
{
    const auto added = m_waiting.emplace(time, &thread).first;
    if (m_isRunning) {
        if (time < m_wakeTime)
            m_changed.notify_one();
        return;
    }
    try {
        startThread("the times of pools", [this] { run(); }).detach();
    } catch (...) {
        m_waiting.erase(added);
        throw;
    }
    m_isRunning = true;
    m_wakeTime = time;
}

void DeferredThread::Schedule::remove(DeferredThread &thread)
{
    std::erase_if(m_waiting, [&](const auto &waiting) { return waiting.second == &thread; });
}

bool DeferredThread::Schedule::begin(DeferredThread &thread)
{
    try {
        thread.m_thread = std::thread(thread.m_body);
    } catch (const std::system_error &error) {
        static LogLimit limit;
        limit.warn(poolLog(), "a thread cannot be started yet: %s", error.what());
        return false;
    }
    thread.m_state.store(State::Begun, std::memory_order_release);
    return true;
}

void DeferredThread::Schedule::run()
{
    auto guard = lock();
    for (;;) {
        beginDue();
        const bool isIdle = m_waiting.empty();
        m_wakeTime = isIdle ? Clock::now() + IdlePause : m_waiting.begin()->first;
        waitFor(m_changed, guard, m_wakeTime - Clock::now());
        const bool isOver = Clock::now() >= m_wakeTime;
        if (isIdle && isOver && m_waiting.empty())
            break;
    }
    m_isRunning = false;
}

void DeferredThread::Schedule::beginDue()
{
    const auto now = Clock::now();
    while (!m_waiting.empty() && m_waiting.begin()->first <= now) {
        auto due = m_waiting.extract(m_waiting.begin());
        if (!begin(*due.value().second)) {
            due.value().first = now + RetryPause;
            m_waiting.insert(std::move(due));
        }
    }
}

DeferredThread::DeferredThread(std::function<void()> body) : m_body(std::move(body)) { }

void DeferredThread::beginAfter(std::chrono::milliseconds pause)
{
    Schedule &schedule = Schedule::own();
    const auto guard = schedule.lock();
    if (m_state == State::Waiting)
        schedule.add(*this, Clock::now() + pause);
}

void DeferredThread::begin()
{
    Schedule &schedule = Schedule::own();
    const auto guard = schedule.lock();
    if (m_state == State::Waiting && Schedule::begin(*this))
        schedule.remove(*this);
}

bool DeferredThread::withdraw()
{
    Schedule &schedule = Schedule::own();
    const auto guard = schedule.lock();
    if (m_state != State::Waiting)
        return false;
    schedule.remove(*this);
    m_state = State::Withdrawn;
    return true;
}

void DeferredThread::join()
{
    const std::scoped_lock joining(m_joining);
    auto guard = Schedule::own().lock();
    std::thread thread = std::move(m_thread);
    guard.unlock();
    if (thread.joinable())
        thread.join();
}

} // namespace procession
