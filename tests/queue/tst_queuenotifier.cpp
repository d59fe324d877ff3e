// SPDX-License-Identifier: MIT
#include "processtest.h"

#include <procession/queue.h>
#include <procession/queuenotifier.h>

#include <QtTest/QSignalSpy>

using namespace procession;

namespace {

void putAll(const Queue<int> &queue, int count)
{
    for (int i = 0; i < count; ++i)
        queue.put(i);
}

void takeOne(const Queue<int> &queue) { queue.get(); }

} // namespace

class TestQueueNotifier : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsOfWhatOthersPut_data() { addStartMethods(); }
    void tellsOfWhatOthersPut();
    void tellsOfWhatWasThere();
    void tellsTheDepth();
    void doesNotTakeWakeUpsFromOthers();
};

void TestQueueNotifier::tellsOfWhatOthersPut()
{
    QFETCH(StartMethod, method);
    const Queue<int> queue;
    QueueNotifier notifier(queue);
    std::vector<int> values;
    connect(&notifier, &QueueNotifier::readyRead, this, [&] {
        if (const auto value = queue.tryGet())
            values.push_back(*value);
    });
    Process process = context(method).process(&putAll, queue, 500);
    process.start();
    QTRY_COMPARE_WITH_TIMEOUT(values.size(), std::size_t(500), 20'000);
    for (int i = 0; i < 500; ++i)
        QCOMPARE(values[static_cast<std::size_t>(i)], i);
    QVERIFY(process.join());
}

void TestQueueNotifier::tellsOfWhatWasThere()
{
    const Queue<int> queue;
    queue.put(1);
    QueueNotifier notifier(queue);
    QSignalSpy ready(&notifier, &QueueNotifier::readyRead);
    QTRY_COMPARE(ready.count(), 1);
}

void TestQueueNotifier::tellsTheDepth()
{
    const Queue<int> queue;
    QueueNotifier notifier(queue);
    QSignalSpy depth(&notifier, &QueueNotifier::depthChanged);
    QTRY_COMPARE(depth.count(), 1);
    QCOMPARE(depth.takeFirst().first().toInt(), 0);
    queue.put(1);
    queue.put(2);
    QTRY_VERIFY(!depth.isEmpty() && depth.last().first().toInt() == 2);
    queue.get();
    QTRY_COMPARE(depth.last().first().toInt(), 1);
}

void TestQueueNotifier::doesNotTakeWakeUpsFromOthers()
{
    const Queue<int> queue;
    const QueueNotifier notifier(queue);
    const QueueNotifier another(queue);
    for (int round = 0; round < 20; ++round) {
        Process process(&takeOne, queue);
        process.start();
        QTRY_COMPARE(queue.waiters(), 1);
        queue.put(round);
        QVERIFY(process.join(QDeadlineTimer(20'000)));
    }
}

PROCESSION_TEST_MAIN(TestQueueNotifier)
#include "tst_queuenotifier.moc"
