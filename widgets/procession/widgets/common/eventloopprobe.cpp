// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/common/eventloopprobe.h>

#include <procession/platform/thread/threadtime.h>

#include <QtCore/QMetaEnum>
#include <QtCore/QThread>

namespace procession {

ProbedApplication::ProbedApplication(int &argc, char **argv) : QApplication(argc, argv) { }

bool ProbedApplication::notify(QObject *receiver, QEvent *event)
{
    if (QThread::currentThread() != thread() || m_depth > 0) // m_depth is of that thread only
        return QApplication::notify(receiver, event);
    // The receiver may be gone afterwards.
    const QMetaObject *const receiverClass = receiver->metaObject();
    const int type = event->type();
    const auto cpuBefore = threadCpuTime();
    const auto wallBefore = std::chrono::steady_clock::now();
    ++m_depth;
    const bool result = QApplication::notify(receiver, event);
    --m_depth;
    note(threadCpuTime() - cpuBefore, std::chrono::steady_clock::now() - wallBefore, receiverClass, type);
    return result;
}

void ProbedApplication::note(
    std::chrono::nanoseconds cpu, std::chrono::nanoseconds wall, const QMetaObject *receiver, int eventType)
{
    ++m_worst.events;
    m_worst.wall = std::max(m_worst.wall, wall);
    if (cpu <= m_worst.cpu)
        return;
    m_worst.cpu = cpu;
    const char *const name = QMetaEnum::fromType<QEvent::Type>().valueToKey(eventType);
    m_worst.event = (name ? QByteArray(name) : QByteArray::number(eventType)) + " of " + receiver->className();
}

} // namespace procession
