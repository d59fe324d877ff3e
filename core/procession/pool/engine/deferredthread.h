// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QtGlobal>

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <thread>

namespace procession {

/// A thread that is begun a while later, or as soon as there is something to do for it: who does not last that long needs none, and spares
/// the time that its beginning and its end take.
///
/// \code
/// DeferredThread thread([this] { run(); });
/// thread.beginAfter(20ms);
/// …
/// if (thread.withdraw())
///     cleanUp();                                // nobody else does
/// thread.join();
/// \endcode
///
/// From any thread of the process that made it, but for join() in its own. In a copy of that process it is not touched.
class DeferredThread
{
public:
    explicit DeferredThread(std::function<void()> body);
    /// \pre It was withdrawn or joined, or beginAfter() was not called.
    ~DeferredThread() = default;
    Q_DISABLE_COPY_MOVE(DeferredThread)

    /// Begins it when the time is over and it has not begun before. One thread of the process waits for the times of all of them, and ends
    /// when there has been none for a tenth of a second. Does not block.
    /// \throws SystemError when that one cannot be started
    void beginAfter(std::chrono::milliseconds pause);
    /// Begins it now, unless it has begun or was withdrawn. When the system gives no thread, that is tried again at its time. Does not block.
    /// \pre beginAfter()
    void begin();
    /// It does not begin any more. \returns whether it has not begun, for the first who asks
    bool withdraw();
    /// Whether it has begun; it may have ended since.
    bool hasBegun() const { return m_state.load(std::memory_order_acquire) == State::Begun; }
    /// Blocks until it has ended, if it has begun.
    void join();

private:
    class Schedule;
    enum class State : quint8 { Waiting, Begun, Withdrawn };

    std::function<void()> m_body;
    std::mutex m_joining; // held by who joins it, for others to wait
    std::atomic<State> m_state = State::Waiting; // written with the schedule's lock held, as what follows
    std::thread m_thread;
};

} // namespace procession
