// SPDX-License-Identifier: MIT
// Kills a process before every single instruction of an operation on a queue, and looks each time whether others can go on and
// what they find. At every 23rd, beginning with the seed; with `--rounds=1` at every one.
#include "instructionkiller.h"
#include "killexperiment.h"
#include "sanitizers.h"
#include "sharedmemory.h"

#include <procession/process/launch/freezesupport.h>
#include <procession/queue/queue.h>

#include <QtTest/QtTest>

#include <atomic>
#include <thread>

using namespace procession;
using namespace std::chrono_literals;

namespace {

FaultOptions options{23}; // rounds: the distance of instructions

constexpr auto Deadline = 20s; // after which others are said not to go on

KillReport outcomeOf(const KillExperiment &experiment) { return killEverywhere(experiment, options); }

/// A message that shows whether it is whole.
struct Marked
{
    quint64 number = 0;
    quint64 filling[6] = {};
    quint64 check = 0;

    static Marked of(quint64 number)
    {
        Marked marked{number, {}, ~number};
        std::fill(std::begin(marked.filling), std::end(marked.filling), number * 3);
        return marked;
    }
    bool isWhole() const
    {
        return check == ~number
            && std::all_of(std::begin(filling), std::end(filling), [this](quint64 each) { return each == number * 3; });
    }
};

/// What is in a queue, taken out. `wrong` says so when it cannot be.
template <typename AnyQueue>
std::vector<quint64> drained(AnyQueue &queue, QByteArray &wrong)
{
    std::vector<quint64> numbers;
    queue.put(Marked::of(999), true, QDeadlineTimer(Deadline)); // so that there is an end, and others can put
    for (;;) {
        const auto value = queue.tryGet(QDeadlineTimer(Deadline));
        if (!value) {
            wrong = "others cannot get";
            return numbers;
        }
        if (!value->isWhole())
            wrong = "a message is torn";
        if (value->number == 999) {
            if (queue.tryGet())
                wrong = "the queue has more than was put";
            return numbers;
        }
        numbers.push_back(value->number);
        if (numbers.size() > 10) {
            wrong = "there is no end of messages";
            return numbers;
        }
    }
}

QByteArray described(const std::vector<quint64> &numbers)
{
    QByteArrayList texts;
    for (const quint64 number : numbers)
        texts.append(QByteArray::number(number));
    return "the queue has " + texts.join(' ');
}

template <typename AnyQueue>
KillReport killPutEverywhere(AnyQueue &queue, const FaultOptions &given = options)
{
    const KillExperiment experiment{
        .before =
            [&] {
                queue.put(Marked::of(1));
                queue.put(Marked::of(2));
            },
        .operation = [&] { queue.put(Marked::of(3)); },
        .check = [&]() -> QByteArray {
            QByteArray wrong;
            const std::vector<quint64> numbers = drained(queue, wrong);
            if (wrong.isEmpty() && numbers != std::vector<quint64>{1, 2} && numbers != std::vector<quint64>{1, 2, 3})
                wrong = described(numbers);
            return wrong;
        },
    };
    return killEverywhere(experiment, given);
}

constexpr quint64 RingSize = 51; // messages that fill the first ring of a queue

Queue<Marked> fullRing()
{
    Queue<Marked> queue;
    for (quint64 i = 0; i < RingSize; ++i)
        queue.put(Marked::of(i));
    return queue;
}

// What must be caught: the same with one mistake in it.

/// A ring that commits a message by two stores: how many there are, and where the next one goes.
class TwoStoreQueue
{
public:
    void put(const Marked &message, bool = true, QDeadlineTimer = QDeadlineTimer::Forever)
    {
        m_lock.acquire({}, QDeadlineTimer(QDeadlineTimer::Forever));
        m_slots[m_next % Slots] = message;
        m_count.store(m_count.load() + 1);
        m_next.store(m_next.load() + 1);
        m_lock.release();
    }
    std::optional<Marked> tryGet(QDeadlineTimer = QDeadlineTimer(0))
    {
        m_lock.acquire({}, QDeadlineTimer(QDeadlineTimer::Forever));
        std::optional<Marked> message;
        if (m_count > 0) {
            message = m_slots[m_first % Slots];
            m_first.store(m_first.load() + 1);
            m_count.store(m_count.load() - 1);
        }
        m_lock.release();
        return message;
    }
    Marked get() { return *tryGet(); }

private:
    static constexpr quint64 Slots = 64;

    RobustLock m_lock;
    std::atomic<quint64> m_count;
    std::atomic<quint64> m_next;
    std::atomic<quint64> m_first;
    Marked m_slots[Slots];
};

} // namespace

class TestQueueKill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void put();
    void putWhileOthersSleep();
    void putIntoTheNextRing();
    void get();
    void getFromTheNextRing();
    void aSecondCommitIsCaught();
};

void TestQueueKill::initTestCase()
{
    SKIP_WHERE_NOTHING_CAN_BE_STEPPED();
    QLoggingCategory::setFilterRules(QStringLiteral("procession.*=false"));
}

void TestQueueKill::put()
{
    const Queue<Marked> queue;
    verifyUnharmed(killPutEverywhere(queue));
}

void TestQueueKill::putWhileOthersSleep()
{
    const Queue<quint64> queue;
    std::optional<std::thread> sleeper;
    std::atomic<bool> hasCome = false;
    verifyUnharmed(outcomeOf({
        .before =
            [&] {
                hasCome = false;
                const quint64 before = queue.getTotal();
                sleeper.emplace([&] { hasCome = queue.tryGet(QDeadlineTimer(Deadline)).has_value(); });
                while (queue.waiters() == 0 && queue.getTotal() == before)
                    std::this_thread::yield();
            },
        .operation = [&] { queue.put(1); },
        .check = [&]() -> QByteArray {
            queue.put(2); // the sleeper gets this one or the other
            sleeper->join();
            while (queue.tryGet()) { }
            return hasCome ? "" : "who slept was not woken";
        },
    }));
}

void TestQueueKill::putIntoTheNextRing()
{
    std::optional<Queue<Marked>> queue;
    verifyUnharmed(outcomeOf({
        .before = [&] { queue.emplace(fullRing()); },
        .operation = [&] { queue->put(Marked::of(RingSize)); },
        .check = [&]() -> QByteArray {
            const quint64 count = static_cast<quint64>(queue->size());
            queue->put(Marked::of(count));
            for (quint64 i = 0; i <= count; ++i) {
                const auto message = queue->tryGet(QDeadlineTimer(Deadline));
                if (!message || !message->isWhole() || message->number != i)
                    return "message " + QByteArray::number(i) + " is missing or torn";
            }
            return queue->isEmpty() ? "" : "a message is doubled";
        },
    }));
}

void TestQueueKill::get()
{
    const Queue<Marked> queue;
    verifyUnharmed(outcomeOf({
        .before =
            [&] {
                queue.put(Marked::of(1));
                queue.put(Marked::of(2));
            },
        .operation = [&] { queue.get(); },
        .check = [&]() -> QByteArray {
            QByteArray wrong;
            const std::vector<quint64> numbers = drained(queue, wrong);
            if (wrong.isEmpty() && numbers != std::vector<quint64>{1, 2} && numbers != std::vector<quint64>{2})
                wrong = described(numbers);
            return wrong;
        },
    }));
}

void TestQueueKill::getFromTheNextRing()
{
    std::optional<Queue<Marked>> queue;
    verifyUnharmed(outcomeOf({
        .before =
            [&] {
                queue.emplace(fullRing());
                queue->put(Marked::of(RingSize)); // lies in the next one
                queue->put(Marked::of(RingSize + 1));
                for (quint64 i = 0; i < RingSize; ++i)
                    queue->get();
            },
        .operation = [&] { queue->get(); },
        .check = [&]() -> QByteArray {
            queue->put(Marked::of(RingSize + 2));
            const int count = queue->size();
            if (count != 2 && count != 3)
                return "there are " + QByteArray::number(count);
            for (quint64 number = RingSize + 3 - static_cast<quint64>(count); number < RingSize + 3; ++number) {
                const auto message = queue->tryGet(QDeadlineTimer(Deadline));
                if (!message || !message->isWhole() || message->number != number)
                    return "message " + QByteArray::number(number) + " is missing or torn";
            }
            return queue->isEmpty() ? "" : "a message is doubled";
        },
    }));
}

void TestQueueKill::aSecondCommitIsCaught()
{
    const Shared<TwoStoreQueue> queue;
    const KillReport report = killPutEverywhere(*queue, FaultOptions{1}); // wrong at a few instructions alone
    QVERIFY2(report.wrong.contains("the queue has") || report.wrong.contains("torn") || report.wrong.contains("cannot get"),
        report.wrong.constData());
    qInfo("caught: %s", report.wrong.constData());
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);
    options.take(argc, argv);
    const QCoreApplication application(argc, argv);
    TestQueueKill test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_queuekill.moc"
