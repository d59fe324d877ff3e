// SPDX-License-Identifier: MIT
#include <procession/pool/engine/pooldriver.h>

#include <procession/platform/base/kernelclock.h>
#include <procession/platform/base/loglimit.h>
#include <procession/platform/thread/futex.h>
#include <procession/pool/engine/poolengine.h>
#include <procession/pool/options/completeoptions.h>
#include <procession/pool/options/poolerrors.h>
#include <procession/pool/shared/poollog.h>
#include <procession/pool/shared/poolworkerinfo.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QScopeGuard>

#include <chrono>
#include <limits>
#include <utility>

namespace procession {

namespace {

using namespace std::chrono_literals;

// A caller that has waited for one result usually waits for another soon: the pool's thread does not take over before.
constexpr auto CallersPause = 5ms;
constexpr auto LookForCallers = 20ms;
constexpr auto FailurePause = 10ms; // while threads end in a pool that has failed

std::atomic<int> lastPool = 0;

void waitOn(std::condition_variable &condition, std::unique_lock<std::mutex> &guard, QDeadlineTimer deadline)
{
    if (deadline.isForever())
        condition.wait(guard);
    else
        waitFor(condition, guard, std::chrono::nanoseconds(deadline.remainingTimeNSecs()));
}

} // namespace

PoolDriver::PoolDriver(const PoolOptions &options)
    : m_options(completed(options)),
      m_name(options.name.isEmpty() ? QStringLiteral("Pool-%1").arg(++lastPool) : options.name),
      m_owner(QCoreApplication::applicationPid()),
      m_core(std::make_unique<PoolEngine>(m_options, m_name, [this] { return lock(); })),
      m_thread([this] { run(); })
{
    try {
        m_core->startAll();
        m_callerLeft = std::chrono::steady_clock::now(); // the thread that makes a pool is usually the first to wait for it
        m_thread.beginAfter(LookForCallers);
    } catch (...) {
        endWorkers();
        throw;
    }
}

std::shared_ptr<PoolDriver> PoolDriver::make(const PoolOptions &options)
{
    return {new PoolDriver(options), [](PoolDriver *handler) {
                if (handler->isOwn())
                    delete handler;
            }};
}

PoolDriver::~PoolDriver() { end(); }

void PoolDriver::end()
{
    {
        const auto guard = lock();
        m_core->terminate();
        if (m_waiting > 0)
            nudge(); // otherwise no thread is woken: this one handles the outcome
    }
    join(QDeadlineTimer(QDeadlineTimer::Forever));
}

/// Ends the workers that were started when others cannot be.
void PoolDriver::endWorkers()
{
    m_thread.withdraw();
    auto guard = lock();
    m_core->terminate();
    while (m_core->hasWorkers())
        pump(guard, QDeadlineTimer(QDeadlineTimer::Forever));
}

bool PoolDriver::isOwn() const { return m_owner == QCoreApplication::applicationPid(); }

void PoolDriver::requireOwner() const
{
    if (!isOwn())
        throw PoolError(m_name.toStdString() + " belongs to another process: only the one that made a pool can use it");
}

void PoolDriver::requireMayWait() const
{
    if (std::this_thread::get_id() == m_threadId)
        throw PoolError(m_name.toStdString()
            + ": a callback cannot wait for another result: the thread that it is called in is the one that brings it");
}

void PoolDriver::submit(const std::shared_ptr<Submission> &batch, Awaited awaited)
{
    requireOwner();
    const auto guard = lock();
    m_core->requireOpen();
    grown(batch);
    if (awaited == Awaited::Later && m_waiting == 0)
        callThread(); // it may be leaving the pool to callers
}

/// Requires the lock.
void PoolDriver::grown(const std::shared_ptr<Submission> &batch)
{
    const auto before = m_core->nextLook();
    m_core->add(batch);
    if (m_core->nextLook() < before || m_core->hasLater())
        nudge();
}

/// Calls `function` with the core of the pool and makes the pumping thread check the pool again.
template <typename Function>
auto PoolDriver::with(Function function)
{
    requireOwner();
    const auto guard = lock();
    const auto atEnd = qScopeGuard([this] { nudge(); });
    return function(*m_core);
}

void PoolDriver::cancel(const std::shared_ptr<Submission> &batch)
{
    with([&](PoolEngine &core) { core.cancel(batch); });
}

CallOutput PoolDriver::present(const std::shared_ptr<Submission> &batch)
{
    const auto guard = ownLock();
    return m_core->present(batch);
}

void PoolDriver::watch(const std::shared_ptr<Submission> &batch)
{
    m_core->watch(batch);
    nudge();
}

void PoolDriver::post(std::function<void()> what, std::unique_lock<std::mutex> &guard)
{
    m_later.push_back(std::move(what));
    if (m_isOver)
        doLater(guard);
    else
        nudge();
}

std::unique_lock<std::mutex> PoolDriver::ownLock()
{
    requireOwner();
    return lock();
}

/// Wakes the thread that sleeps in pump() or is about to. Requires the lock.
void PoolDriver::nudge()
{
    m_nudges.fetch_add(1);
    wakeFutex(m_nudges, std::numeric_limits<int>::max());
    // A pool that ends is usually joined next, and the joining thread needs no other.
    const bool isEnding = m_core->phase() != PoolPhase::Open && m_core->phase() != PoolPhase::Paused;
    if (m_thread.hasBegun() || !isEnding || !m_later.empty())
        callThread();
    if (m_waiting > 0)
        m_changed.notify_all();
}

/// Wakes the pool's thread, or starts it. Requires the lock.
void PoolDriver::callThread()
{
    if (m_thread.hasBegun())
        m_forThread.notify_one();
    else
        m_thread.begin();
}

/// Handles what is pending, or sleeps until something is, once.
void PoolDriver::pump(std::unique_lock<std::mutex> &guard, QDeadlineTimer deadline)
{
    const bool hasCollected = m_core->collect();
    m_core->lookAfter(!hasCollected);
    if (auto later = m_core->takeLater(); !later.empty()) {
        m_later.insert(m_later.end(), std::make_move_iterator(later.begin()), std::make_move_iterator(later.end()));
        callThread();
    }
    const bool hasChanged = m_core->takeChange();
    if (hasChanged && m_waiting > 1)
        m_changed.notify_all();
    if (hasCollected || hasChanged)
        return;
    const auto next = m_core->nextLook();
    if (next != std::chrono::steady_clock::time_point::max())
        deadline
            = std::min(deadline, QDeadlineTimer(std::max(next - std::chrono::steady_clock::now(), std::chrono::nanoseconds(0))));
    const std::vector<ThreadWord> threads = m_core->threads();
    const FutexExpectation nudges{&m_nudges, m_nudges.load()};
    guard.unlock();
    m_core->sleep(deadline, nudges, threads);
    guard.lock();
    if (m_callerPumps && m_threadPumps)
        m_core->wakeNext(); // the wake-up may have been meant for the thread that takes over
}

/// An error outside of the workers breaks the pool, so that no caller waits in vain.
void PoolDriver::pumpOrGiveUp(std::unique_lock<std::mutex> &guard, QDeadlineTimer deadline)
{
    try {
        pump(guard, deadline);
    } catch (const std::exception &error) {
        if (!guard.owns_lock())
            guard.lock();
        const bool isRepeated = m_core->phase() == PoolPhase::Broken;
        m_core->breakDown(error.what());
        if (isRepeated && m_core->hasWorkers())
            waitFor(m_changed, guard, FailurePause);
    }
}

bool PoolDriver::waitUntil(const std::function<bool()> &isDone, QDeadlineTimer deadline)
{
    requireOwner();
    auto guard = lock();
    if (isDone())
        return true;
    requireMayWait();
    ++m_waiting;
    if (m_threadPumps)
        nudge(); // it hands over
    while (!isDone() && !deadline.hasExpired()) {
        if (m_callerPumps) {
            waitOn(m_changed, guard, deadline);
            continue;
        }
        m_callerPumps = true;
        const auto atEnd = qScopeGuard([this] { m_callerPumps = false; });
        pumpOrGiveUp(guard, deadline);
    }
    --m_waiting;
    m_callerLeft = std::chrono::steady_clock::now();
    if (m_waiting > 0)
        m_changed.notify_all();
    else if (m_core->hasTasks() || !m_later.empty())
        callThread();
    return isDone();
}

/// The function of the pool's thread.
void PoolDriver::run()
{
    m_threadId = std::this_thread::get_id();
    auto guard = lock();
    while (!isOver()) {
        if (!m_later.empty()) {
            doLater(guard);
            continue;
        }
        const bool isCallersTurn
            = m_waiting > 0 || (std::chrono::steady_clock::now() - m_callerLeft < CallersPause && !m_core->hasTasks());
        if (isCallersTurn) {
            waitFor(m_forThread, guard, LookForCallers);
            continue;
        }
        m_threadPumps = true;
        pumpOrGiveUp(guard, QDeadlineTimer(QDeadlineTimer::Forever));
        m_threadPumps = false;
    }
    finish(guard);
    m_threadId = std::thread::id();
}

/// The last step of the pool, run once, by the pool's thread or in its place.
void PoolDriver::finish(std::unique_lock<std::mutex> &guard)
{
    guard.unlock();
    m_core->finishOutput();
    guard.lock();
    m_core->dropTasks();
    m_isOver = true;
    m_changed.notify_all();
    doLater(guard);
}

/// Whether nothing is left for the pool's thread.
bool PoolDriver::isOver()
{
    const PoolPhase phase = m_core->phase();
    return phase != PoolPhase::Open && phase != PoolPhase::Paused && !m_core->hasWorkers() && m_later.empty();
}

void PoolDriver::doLater(std::unique_lock<std::mutex> &guard)
{
    const auto later = std::exchange(m_later, {});
    guard.unlock();
    for (const auto &each : later) {
        try {
            each();
        } catch (const std::exception &error) {
            static LogLimit limit;
            limit.warn(poolLog(), "%s: a callback has thrown: %s", qUtf8Printable(m_name), error.what());
        } catch (...) {
            static LogLimit limit;
            limit.warn(poolLog(), "%s: a callback has thrown something that is no std::exception", qUtf8Printable(m_name));
        }
    }
    guard.lock();
}

void PoolDriver::close()
{
    with([](PoolEngine &core) { core.close(); });
}

void PoolDriver::terminate()
{
    with([](PoolEngine &core) { core.terminate(); });
}

void PoolDriver::setPaused(bool paused)
{
    with([paused](PoolEngine &core) { core.setPaused(paused); });
}

void PoolDriver::resize(int processes)
{
    if (processes < 1)
        throw PoolError(
            m_name.toStdString() + " cannot have " + std::to_string(processes) + " workers: give a number of at least 1");
    with([processes](PoolEngine &core) { core.resize(processes); });
}

void PoolDriver::restartWorker(quint32 number)
{
    with([number](PoolEngine &core) { core.restartWorker(number); });
}

std::vector<PoolWorkerInfo> PoolDriver::workers()
{
    const auto guard = ownLock();
    return m_core->describeWorkers();
}

bool PoolDriver::join(QDeadlineTimer deadline)
{
    requireOwner();
    if (const auto guard = lock(); m_core->phase() == PoolPhase::Open || m_core->phase() == PoolPhase::Paused)
        throw PoolError(m_name.toStdString() + " still runs: close() or terminate() it before join()");
    if (!waitUntil([this] { return !m_core->hasWorkers(); }, deadline))
        return false;
    auto guard = lock();
    if (m_later.empty() && m_thread.withdraw())
        finish(guard);
    else if (!m_isOver)
        nudge();
    while (!m_isOver && !deadline.hasExpired())
        waitOn(m_changed, guard, deadline);
    if (!m_isOver)
        return false;
    guard.unlock();
    m_thread.join();
    return true;
}

} // namespace procession
