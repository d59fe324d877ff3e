// SPDX-License-Identifier: MIT
#pragma once

#include <procession/queue/queuebase.h>

#include <QtCore/QObject>

#include <atomic>
#include <thread>

namespace procession {

/// Tells an event loop when a queue has something to get, so that no thread of the program needs to block for it.
///
/// \code
/// QueueNotifier notifier(queue);
/// QObject::connect(&notifier, &QueueNotifier::readyRead, this, [=] {
///     if (const auto value = queue.tryGet())
///         show(*value);
/// });
/// \endcode
///
/// Lives in one thread that has an event loop. It has a small thread of its own, which sleeps as long as nothing happens. Other processes
/// may take away what was told of: use tryGet().
class QueueNotifier : public QObject
{
    Q_OBJECT

public:
    explicit QueueNotifier(const QueueBase &queue, QObject *parent = nullptr);
    /// Waits for its thread, which takes no time.
    ~QueueNotifier() override;

Q_SIGNALS:
    /// There is something in the queue. Said once when it is made, after each time that somebody has put, and again as long as there is
    /// more and something was taken out; many puts may be told of at once.
    void readyRead();
    /// How many messages are in the queue, when that has changed since it was last said.
    void depthChanged(int depth);

private:
    void watch();
    void sleep(quint32 seenPut, quint32 seenGet) const;
    void look();

    QueueBase m_queue;
    std::atomic<bool> m_isTold = false; ///< look() will be called
    FutexWord m_stop = 0;
    int m_depth = -1;
    std::thread m_thread; // the last, since it uses all of the others
};

} // namespace procession
