// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QtGlobal>

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <thread>

namespace procession {

/// A thread that starts after a delay, or earlier when there is work for it. An object that is
/// destroyed before the delay has passed never pays for a thread.
///
/// \code
/// DeferredThread thread([this] { run(); });
/// thread.beginAfter(20ms);
/// …
/// if (thread.withdraw())
/// if (thread.withdraw())
/// thread.join();
/// \endcode
///
/// Any thread of the process that made the object may call it; join() must not be called by the
/// deferred thread itself. A copy of the process must not touch it.
class DeferredThread
{
public:
    explicit DeferredThread(std::function<void()> body);
    /// \pre It was withdrawn or joined, or beginAfter() was not called.
    ~DeferredThread() = default;
    Q_DISABLE_COPY_MOVE(DeferredThread)

    /// Starts the thread after `pause`, unless it has started before. A single timer thread serves all
    /// objects of the process and ends after 100 ms without work. Does not block.
    /// \throws SystemError when the timer thread cannot be started
    void beginAfter(std::chrono::milliseconds pause);
    /// Starts the thread now, unless it has started or was withdrawn. When the system refuses a thread,
    /// the timer thread tries again after the delay. Does not block.
    /// \pre beginAfter()
    void begin();
    /// Prevents the start. \returns whether this call prevented it: true for the first caller at most
    bool withdraw();
    /// Whether the thread has started; it may have ended since.
    bool hasBegun() const { return m_state.load(std::memory_order_acquire) == State::Begun; }
    /// Blocks until the thread has ended, if it has started.
    void join();

private:
    class Schedule;
    enum class State : quint8 { Waiting, Begun, Withdrawn };

    std::function<void()> m_body;
    std::mutex m_joining; // held by the thread that joins, so that others wait
    std::atomic<State> m_state = State::Waiting; // written with the schedule's lock held, as are the members below
    std::thread m_thread;
};

} // namespace procession
