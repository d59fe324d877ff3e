// SPDX-License-Identifier: MIT
#include "processtest.h"
#include "sanitizers.h"

#include <procession/platform/base/processerror.h>
#include <procession/queue/queue.h>
#include <procession/queue/queuenotifier.h>

#include <QtTest/QSignalSpy>

#include <atomic>
#include <cerrno>
#include <sys/resource.h>
#include <system_error>
#include <thread>
#include <vector>

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
    void noThread();
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

/// A thread that the system does not give is an error of the library's own kind.
void TestQueueNotifier::noThread()
{
    SKIP_UNDER_SANITIZERS("the sanitizers need more address space");
    const Queue<int> queue;
    std::vector<std::thread> threads;
    threads.reserve(100);
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_AS, &before), 0);
    const rlimit tooLittle{1024 * 1024, before.rlim_max}; // less than is in use: nothing more can be mapped
    QCOMPARE(::setrlimit(RLIMIT_AS, &tooLittle), 0);
    std::atomic<bool> isToEnd = false;
    try { // takes the stacks that the C library has kept of threads that have ended
        while (threads.size() < threads.capacity())
            threads.emplace_back([&isToEnd] { isToEnd.wait(false); });
    } catch (const std::system_error &) {
    }
    int number = 0;
    try {
        const QueueNotifier notifier(queue);
    } catch (const SystemError &error) {
        number = error.number();
    } catch (const std::system_error &) {
        number = -1;
    }
    isToEnd = true;
    isToEnd.notify_all();
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(::setrlimit(RLIMIT_AS, &before), 0);
    QVERIFY(threads.size() < threads.capacity());
    QCOMPARE(number, EAGAIN);
}

PROCESSION_TEST_MAIN(TestQueueNotifier)
#include "tst_queuenotifier.moc"
