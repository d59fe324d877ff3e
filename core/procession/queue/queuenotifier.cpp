// SPDX-License-Identifier: MIT
#include <procession/queue/queuenotifier.h>

#include <procession/platform/thread/threadstart.h>

#include <array>
#include <chrono>

namespace procession {

namespace {

using namespace std::chrono_literals;

constexpr auto LongestSleep = 1s; // the thread that should wake it may have been killed

/// \throws ProcessError for a null handle, before the thread starts that would use it
const QueueBase &checked(const QueueBase &queue)
{
    static_cast<void>(queue.isClosed());
    return queue;
}

} // namespace

QueueNotifier::QueueNotifier(const QueueBase &queue, QObject *parent)
    : QObject(parent), m_queue(checked(queue)), m_thread(startThread("the notifier of a queue", [this] { watch(); }))
{
}

QueueNotifier::~QueueNotifier()
{
    m_stop.store(1);
    wakeFutex(m_stop, 1);
    m_thread.join();
}

void QueueNotifier::watch()
{
    while (m_stop.load() == 0) {
        const quint32 seenPut = m_queue.state().put.changes().load();
        const quint32 seenGet = m_queue.state().get.changes().load();
        if (!m_isTold.exchange(true))
            QMetaObject::invokeMethod(this, &QueueNotifier::look, Qt::QueuedConnection);
        sleep(seenPut, seenGet);
    }
}

/// Sleeps until one of the ends has moved.
void QueueNotifier::sleep(quint32 seenPut, quint32 seenGet) const
{
    QueueState &state = m_queue.state();
    const auto hasMoved = [&] { return state.put.changes().load() != seenPut || state.get.changes().load() != seenGet; };
    while (m_stop.load() == 0 && !hasMoved()) {
        state.put.hasSleepers.store(1);
        state.get.hasSleepers.store(1);
        const std::array<FutexExpectation, 3> words{
            {{&state.put.changes(), seenPut}, {&state.get.changes(), seenGet}, {&m_stop, 0}}};
        waitFutexes(words, QDeadlineTimer(LongestSleep));
    }
    // A wake-up reaches one sleeper: pass it on to threads that can use it.
    for (QueueEnd *end : {&state.put, &state.get}) {
        end->hasSleepers.store(1);
        wakeFutex(end->changes(), 1);
    }
}

void QueueNotifier::look()
{
    m_isTold.store(false);
    const int depth = m_queue.size();
    if (depth != m_depth) {
        m_depth = depth;
        Q_EMIT depthChanged(depth);
    }
    if (depth == 0)
        return;
    const quint64 before = m_queue.getTotal();
    Q_EMIT readyRead();
    if (m_queue.getTotal() != before && !m_queue.isEmpty() && !m_isTold.exchange(true))
        QMetaObject::invokeMethod(this, &QueueNotifier::look, Qt::QueuedConnection);
}

} // namespace procession
