// SPDX-License-Identifier: MIT
// What CPython's _TestQueue and TestSimpleQueue check.
#include "startmethodsuite.h"

#include <testmain.h>

#include <procession/queue/joinablequeue.h>
#include <procession/queue/simplequeue.h>

#include <QtCore/QElapsedTimer>
#include <QtTest/QtTest>

using namespace mp;
using namespace std::chrono_literals;

namespace {

void takeSix(const Queue<int> &queue, const Queue<bool> &childCanStart, const Queue<bool> &parentCanContinue)
{
    childCanStart.get();
    for (int i = 0; i < 6; ++i)
        queue.get();
    parentCanContinue.put(true);
}

void putFour(const Queue<int> &queue, const Queue<bool> &childCanStart, const Queue<bool> &parentCanContinue)
{
    childCanStart.get();
    for (int i = 2; i <= 5; ++i)
        queue.put(i);
    parentCanContinue.put(true);
}

void putTwice(const Queue<int> &queue)
{
    for (int i = 10; i < 20; ++i)
        queue.put(i);
}

void doTasks(const JoinableQueue<QVariant> &queue)
{
    for (;;) {
        const QVariant task = queue.get();
        queue.taskDone();
        if (!task.isValid())
            return;
    }
}

void tellWhetherEmpty(const SimpleQueue<bool> &queue, const Queue<bool> &childCanStart, const Queue<bool> &parentCanContinue)
{
    childCanStart.get();
    try {
        queue.put(queue.isEmpty());
        queue.put(queue.isEmpty());
    } catch (...) {
    }
    parentCanContinue.put(true);
}

/// A value that cannot always be sent.
struct Stubborn
{
    bool refuses = false;
};

template <typename Action>
qint64 milliseconds(Action action)
{
    QElapsedTimer timer;
    timer.start();
    action();
    return timer.elapsed();
}

} // namespace

template <>
struct procession::Codec<Stubborn>
{
    static void encode(Encoder &encoder, const Stubborn &value)
    {
        if (value.refuses)
            throw EncodeError("this value does not want to be sent");
        encoder << value.refuses;
    }
    static Stubborn decode(Decoder &decoder) { return {decoder.read<bool>()}; }
};

class QueueConformance : public StartMethodSuite
{
    Q_OBJECT

private Q_SLOTS:
    void put();
    void get();
    void childrenPutToo();
    void size();
    void taskDone();
    void timeout();
    void goesOnAfterWhatCannotBeSent();
    void closedQueue();
    void simpleEmpty();
    void simpleClose();
};

void QueueConformance::put()
{
    const Queue<int> queue(6);
    const Queue<bool> childCanStart;
    const Queue<bool> parentCanContinue;
    Process process(&takeSix, queue, childCanStart, parentCanContinue);
    process.start();
    QVERIFY(queue.isEmpty() && !queue.isFull());
    queue.put(1);
    queue.put(2, true);
    queue.put(3, true, QDeadlineTimer::Forever);
    queue.put(4, false);
    queue.put(5, false, QDeadlineTimer::Forever);
    queue.putNowait(6);
    QVERIFY(!queue.isEmpty() && queue.isFull());
    QVERIFY(milliseconds([&] { QVERIFY_THROWS_EXCEPTION(Full, queue.put(7, false)); }) < 1000);
    QVERIFY_THROWS_EXCEPTION(Full, queue.put(7, false, QDeadlineTimer::Forever));
    QVERIFY_THROWS_EXCEPTION(Full, queue.putNowait(7));
    QVERIFY(milliseconds([&] { QVERIFY_THROWS_EXCEPTION(Full, queue.put(7, true, 100ms)); }) >= 100);
    QVERIFY_THROWS_EXCEPTION(Full, queue.put(7, false, 10s));
    childCanStart.put(true);
    parentCanContinue.get();
    QVERIFY(queue.isEmpty() && !queue.isFull());
    QVERIFY(process.join());
}

void QueueConformance::get()
{
    const Queue<int> queue;
    const Queue<bool> childCanStart;
    const Queue<bool> parentCanContinue;
    Process process(&putFour, queue, childCanStart, parentCanContinue);
    process.start();
    QVERIFY(queue.isEmpty());
    childCanStart.put(true);
    parentCanContinue.get();
    QVERIFY(!queue.isEmpty()); // at once: put() has delivered when it returns
    QCOMPARE(queue.get(true, QDeadlineTimer::Forever), 2);
    QCOMPARE(queue.get(), 3);
    QCOMPARE(queue.get(true, 1s), 4);
    QCOMPARE(queue.getNowait(), 5);
    QVERIFY(queue.isEmpty());
    QVERIFY_THROWS_EXCEPTION(Empty, queue.get(false));
    QVERIFY_THROWS_EXCEPTION(Empty, queue.get(false, QDeadlineTimer::Forever));
    QVERIFY_THROWS_EXCEPTION(Empty, queue.getNowait());
    QVERIFY(milliseconds([&] { QVERIFY_THROWS_EXCEPTION(Empty, queue.get(true, 100ms)); }) >= 100);
    QVERIFY(process.join());
}

void QueueConformance::childrenPutToo()
{
    const Queue<int> queue;
    for (int i = 0; i < 10; ++i)
        queue.put(i);
    Process process(&putTwice, queue);
    process.start();
    QVERIFY(process.join());
    for (int i = 0; i < 20; ++i)
        QCOMPARE(queue.get(), i);
    QVERIFY_THROWS_EXCEPTION(Empty, queue.get(false));
}

void QueueConformance::size()
{
    const Queue<int> queue;
    QCOMPARE(queue.size(), 0);
    queue.put(1);
    QCOMPARE(queue.size(), 1);
    queue.put(5);
    QCOMPARE(queue.size(), 2);
    queue.get();
    QCOMPARE(queue.size(), 1);
    queue.get();
    QCOMPARE(queue.size(), 0);
}

void QueueConformance::taskDone()
{
    const JoinableQueue<QVariant> queue;
    std::vector<std::unique_ptr<Process>> workers;
    for (int i = 0; i < 4; ++i) {
        workers.push_back(std::make_unique<Process>(&doTasks, queue));
        workers.back()->start();
    }
    for (int i = 0; i < 10; ++i)
        queue.put(i);
    QVERIFY(queue.join());
    for (std::size_t i = 0; i < workers.size(); ++i)
        queue.put({});
    for (const auto &worker : workers)
        QVERIFY(worker->join());
    QVERIFY(queue.join());
}

void QueueConformance::timeout()
{
    const Queue<int> queue;
    QVERIFY(milliseconds([&] { QVERIFY_THROWS_EXCEPTION(Empty, queue.get(true, 200ms)); }) >= 200);
}

void QueueConformance::goesOnAfterWhatCannotBeSent()
{
    const Queue<Stubborn> queue(1);
    QVERIFY_THROWS_EXCEPTION(EncodeError, queue.put({true}));
    QCOMPARE(queue.size(), 0);
    queue.put({false});
    QVERIFY(!queue.get(true, 1s).refuses);
}

void QueueConformance::closedQueue()
{
    const Queue<int> queue(2);
    queue.close();
    QVERIFY_THROWS_EXCEPTION(QueueError, queue.put(1));
    QVERIFY_THROWS_EXCEPTION(QueueError, queue.get());
}

void QueueConformance::simpleEmpty()
{
    const SimpleQueue<bool> queue;
    const Queue<bool> childCanStart;
    const Queue<bool> parentCanContinue;
    Process process(&tellWhetherEmpty, queue, childCanStart, parentCanContinue);
    process.start();
    QVERIFY(queue.isEmpty());
    childCanStart.put(true);
    parentCanContinue.get();
    QVERIFY(!queue.isEmpty());
    QCOMPARE(queue.get(), true);
    QCOMPARE(queue.get(), false);
    QVERIFY(queue.isEmpty());
    QVERIFY(process.join());
}

void QueueConformance::simpleClose()
{
    const SimpleQueue<int> queue;
    queue.close();
    queue.close(); // does no harm
    QVERIFY(queue.isClosed());
    QVERIFY_THROWS_EXCEPTION(QueueError, queue.get());
}

PROCESSION_TEST_MAIN(QueueConformance)
#include "tst_queueconformance.moc"
