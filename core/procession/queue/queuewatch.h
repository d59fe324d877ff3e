// SPDX-License-Identifier: MIT
#pragma once

#include <procession/queue/queuestate.h>

#include <chrono>
#include <functional>

namespace procession {

/// Polls a queue for a moment before the caller sleeps: see EagerWait.
///
/// One of the threads that wait for messages keeps watch, and no thread is woken for messages that
/// it sees. More watchers would take processors from threads that have work.
///
/// From any thread and process; what is learned belongs to the calling thread.
class QueueWatch
{
public:
    using Condition = std::function<bool()>;

    explicit QueueWatch(QueueState &state) : m_state(state) { }

    /// Whether a thread keeps watch for messages. The caller has just put a message: if the watcher
    /// runs on another processor, the caller's next forMessage() expects a quick answer.
    bool isKept() const { return m_state.watcher.load() != 0 && isKeptByLiving(); }

    /// Polls for a message if that is worth while and no other thread does.
    /// \param hasCome  returns whether to stop; must neither block nor throw
    /// \param more     time to poll, beyond EagerWait::Moment
    /// \returns whether a message has come
    bool forMessage(const Condition &hasCome, std::chrono::nanoseconds more) const;
    /// Polls for room for a message.
    bool forRoom(const Condition &hasCome, std::chrono::nanoseconds more) const;
    /// Polls for a message in any case, unless another thread does.
    bool keep(const Condition &hasCome, std::chrono::nanoseconds moment) const;

private:
    bool isKeptByLiving() const;
    bool begin() const;
    void end() const { m_state.watcher.store(0); }

    QueueState &m_state;
};

} // namespace procession
