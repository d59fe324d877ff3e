// SPDX-License-Identifier: MIT
#pragma once

#include <procession/queue/queuebase.h>

#include <QtCore/QObject>

#include <atomic>
#include <thread>

namespace procession {

/// Signals an event loop when a queue has messages, so that no thread of the program needs to block
/// for them.
///
/// \code
/// QueueNotifier notifier(queue);
/// QObject::connect(&notifier, &QueueNotifier::readyRead, this, [=] {
///     if (const auto value = queue.tryGet())
///         show(*value);
/// });
/// \endcode
///
/// Lives in one thread that has an event loop. It has a small thread of its own, which sleeps while
/// nothing happens. Other processes may take a signalled message first: use tryGet().
class QueueNotifier : public QObject
{
    Q_OBJECT

public:
    explicit QueueNotifier(const QueueBase &queue, QObject *parent = nullptr);
    /// Waits for its thread, which takes no time.
    ~QueueNotifier() override;

Q_SIGNALS:
    /// The queue has messages. Emitted once on construction, after each put, and again as long as
    /// messages remain after some were taken out; several puts may cause one signal.
    void readyRead();
    /// The number of messages, emitted when it has changed since the last signal.
    void depthChanged(int depth);

private:
    void watch();
    void sleep(quint32 seenPut, quint32 seenGet) const;
    void look();

    QueueBase m_queue;
    std::atomic<bool> m_isTold = false; ///< a call of look() is queued
    FutexWord m_stop = 0;
    int m_depth = -1;
    std::thread m_thread; // the last member, since it uses all others
};

} // namespace procession
