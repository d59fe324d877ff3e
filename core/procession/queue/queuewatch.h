// SPDX-License-Identifier: MIT
#pragma once

#include <procession/queue/queuestate.h>

#include <chrono>
#include <functional>

namespace procession {

/// Looking for a moment at what others do with a queue, before one sleeps until they have done it: see EagerWait.
///
/// Of those who wait for messages one keeps watch, and nobody is woken for what it sees. Were there more, all would take the processor from
/// those who have something to do.
///
/// From any thread and process; what is learned is the calling thread's.
class QueueWatch
{
public:
    using Condition = std::function<bool()>;

    explicit QueueWatch(QueueState &state) : m_state(state) { }

    /// Whether somebody looks out for messages. The calling thread has just put one in: when that one runs on another processor, the next
    /// forMessage() of this thread expects a quick answer.
    bool isKept() const { return m_state.watcher.load() != 0 && isKeptByLiving(); }

    /// Looks for a message when it is worth while and nobody else does.
    /// \param hasCome  tells whether to stop; must neither block nor throw
    /// \param more     how long to look, beyond EagerWait::Moment
    /// \returns whether it has come
    bool forMessage(const Condition &hasCome, std::chrono::nanoseconds more) const;
    /// Looks for room for a message.
    bool forRoom(const Condition &hasCome, std::chrono::nanoseconds more) const;
    /// Looks for a message in any case, unless somebody else does.
    bool keep(const Condition &hasCome, std::chrono::nanoseconds moment) const;

private:
    bool isKeptByLiving() const;
    bool begin() const;
    void end() const { m_state.watcher.store(0); }

    QueueState &m_state;
};

} // namespace procession
