// SPDX-License-Identifier: MIT
// Kills a process before every single instruction of an operation on a queue or a lock, and looks each time whether others can go on and
// what they find. At every 23rd, beginning with the seed; with `--rounds=1` at every one.
#include "faultoptions.h"
#include "instructionkiller.h"
#include "processtest.h"
#include "sanitizers.h"
#include "sharedmemory.h"

#include <procession/queue.h>
#include <procession/rlock.h>
#include <procession/sweep.h>

#include <atomic>
#include <thread>

using namespace procession;
using namespace std::chrono_literals;

namespace {

FaultOptions options{23}; // rounds: the distance of instructions

constexpr int Longest = 1'000'000; // instructions; no operation here has as many
constexpr auto Deadline = 20s; // after which others are said not to go on

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

/// Does the same at each instruction, until the operation is so short that it finishes.
/// \param check  after each kill: what is wrong, or nothing
/// \returns what was wrong first
QByteArray killEverywhere(const std::function<void()> &before, const std::function<void()> &prepare,
    const std::function<void()> &operation, const std::function<QByteArray()> &check, int &kills)
{
    const int step = std::max(1, options.rounds);
    for (int number = static_cast<int>(options.seed) % step; number < Longest; number += step) {
        before();
        const Fate fate = killBeforeInstruction(number, prepare, operation);
        if (fate == Fate::Stuck)
            return "the process that was to be killed did not come to the operation";
        sweepEndedProcesses();
        const QByteArray wrong = check();
        if (!wrong.isEmpty())
            return "killed before instruction " + QByteArray::number(number) + ": " + wrong;
        if (fate == Fate::Finished)
            return {};
        ++kills;
    }
    return "the operation does not end";
}

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
QByteArray killPutEverywhere(AnyQueue &queue, int &kills)
{
    return killEverywhere(
        [&] {
            queue.put(Marked::of(1));
            queue.put(Marked::of(2));
        },
        [] { currentThread(); }, [&] { queue.put(Marked::of(3)); },
        [&]() -> QByteArray {
            QByteArray wrong;
            const std::vector<quint64> numbers = drained(queue, wrong);
            if (wrong.isEmpty() && numbers != std::vector<quint64>{1, 2} && numbers != std::vector<quint64>{1, 2, 3})
                wrong = described(numbers);
            return wrong;
        },
        kills);
}

template <typename AnyQueue>
QByteArray killGetEverywhere(AnyQueue &queue, int &kills)
{
    return killEverywhere(
        [&] {
            queue.put(Marked::of(1));
            queue.put(Marked::of(2));
        },
        [] { currentThread(); }, [&] { queue.get(); },
        [&]() -> QByteArray {
            QByteArray wrong;
            const std::vector<quint64> numbers = drained(queue, wrong);
            if (wrong.isEmpty() && numbers != std::vector<quint64>{1, 2} && numbers != std::vector<quint64>{2})
                wrong = described(numbers);
            return wrong;
        },
        kills);
}

template <typename AnyLock>
QByteArray killLockEverywhere(AnyLock &lock, int &kills)
{
    return killEverywhere([] {}, [] { currentThread(); },
        [&] {
            lock.acquire();
            lock.release();
        },
        [&]() -> QByteArray {
            if (!lock.acquire(true, QDeadlineTimer(Deadline)))
                return "others cannot acquire the lock";
            lock.release();
            return {};
        },
        kills);
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

/// A lock that does not know who has it.
class ForgetfulLock
{
public:
    bool acquire(bool = true, QDeadlineTimer deadline = QDeadlineTimer(200ms))
    {
        while (m_isTaken.exchange(true)) {
            if (deadline.hasExpired() || waited.elapsed() > 200)
                return false;
        }
        return true;
    }
    void release() { m_isTaken = false; }
    void begin() { waited.start(); }

private:
    std::atomic<bool> m_isTaken = false;
    QElapsedTimer waited;
};

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

/// For what goes wrong at one instruction alone.
class AtEveryInstruction
{
public:
    AtEveryInstruction() { options.rounds = 1; }
    ~AtEveryInstruction() { options = m_before; }
    Q_DISABLE_COPY_MOVE(AtEveryInstruction)

private:
    FaultOptions m_before = options;
};

} // namespace

class TestInstructionKill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void put();
    void putWhileOthersSleep();
    void putIntoTheNextRing();
    void get();
    void getFromTheNextRing();
    void lock();
    void recursiveLock();
    void releaseOfALock();
    void aForgetfulLockIsCaught();
    void aSecondCommitIsCaught();

private:
    void report(const QByteArray &wrong, int kills);
};

void TestInstructionKill::initTestCase()
{
    SKIP_UNDER_SANITIZERS("their run-time libraries cannot be killed and copied at any instruction");
    QLoggingCategory::setFilterRules(QStringLiteral("procession.*=false"));
}

void TestInstructionKill::report(const QByteArray &wrong, int kills)
{
    QVERIFY2(wrong.isEmpty(), wrong.constData());
    QVERIFY(kills > 3);
    qInfo("%s: %d kills, nothing lost, doubled, torn or stuck", QTest::currentTestFunction(), kills);
}

void TestInstructionKill::put()
{
    const Queue<Marked> queue;
    int kills = 0;
    const QByteArray wrong = killPutEverywhere(queue, kills);
    report(wrong, kills);
}

void TestInstructionKill::get()
{
    const Queue<Marked> queue;
    int kills = 0;
    const QByteArray wrong = killGetEverywhere(queue, kills);
    report(wrong, kills);
}

void TestInstructionKill::putWhileOthersSleep()
{
    const Queue<quint64> queue;
    std::optional<std::thread> sleeper;
    std::atomic<bool> hasCome = false;
    int kills = 0;
    const QByteArray wrong = killEverywhere(
        [&] {
            hasCome = false;
            const quint64 before = queue.getTotal();
            sleeper.emplace([&] { hasCome = queue.tryGet(QDeadlineTimer(Deadline)).has_value(); });
            while (queue.waiters() == 0 && queue.getTotal() == before)
                std::this_thread::yield();
        },
        [] { currentThread(); }, [&] { queue.put(1); },
        [&]() -> QByteArray {
            queue.put(2); // the sleeper gets this one or the other
            sleeper->join();
            while (queue.tryGet()) { }
            return hasCome ? "" : "who slept was not woken";
        },
        kills);
    report(wrong, kills);
}

void TestInstructionKill::putIntoTheNextRing()
{
    std::optional<Queue<Marked>> queue;
    int kills = 0;
    const QByteArray wrong
        = killEverywhere([&] { queue.emplace(fullRing()); }, [] { currentThread(); }, [&] { queue->put(Marked::of(RingSize)); },
            [&]() -> QByteArray {
                const quint64 count = static_cast<quint64>(queue->size());
                queue->put(Marked::of(count));
                for (quint64 i = 0; i <= count; ++i) {
                    const auto message = queue->tryGet(QDeadlineTimer(Deadline));
                    if (!message || !message->isWhole() || message->number != i)
                        return "message " + QByteArray::number(i) + " is missing or torn";
                }
                return queue->isEmpty() ? "" : "a message is doubled";
            },
            kills);
    report(wrong, kills);
}

void TestInstructionKill::getFromTheNextRing()
{
    std::optional<Queue<Marked>> queue;
    int kills = 0;
    const QByteArray wrong = killEverywhere(
        [&] {
            queue.emplace(fullRing());
            queue->put(Marked::of(RingSize)); // lies in the next one
            queue->put(Marked::of(RingSize + 1));
            for (quint64 i = 0; i < RingSize; ++i)
                queue->get();
        },
        [] { currentThread(); }, [&] { queue->get(); },
        [&]() -> QByteArray {
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
        kills);
    report(wrong, kills);
}

void TestInstructionKill::lock()
{
    const Lock lock;
    int kills = 0;
    const QByteArray wrong = killLockEverywhere(lock, kills);
    report(wrong, kills);
    QVERIFY(lock.abandonments() > 0);
}

void TestInstructionKill::recursiveLock()
{
    const RLock lock;
    int kills = 0;
    const QByteArray wrong = killLockEverywhere(lock, kills);
    report(wrong, kills);
    QVERIFY(lock.abandonments() > 0);
}

void TestInstructionKill::releaseOfALock()
{
    const Lock lock;
    int kills = 0;
    const QByteArray wrong = killEverywhere([] {}, [&] { lock.acquire(); }, [&] { lock.release(); },
        [&]() -> QByteArray {
            const bool hasIt = lock.acquire(true, QDeadlineTimer(Deadline));
            if (hasIt)
                lock.release();
            return hasIt ? "" : "others cannot acquire the lock";
        },
        kills);
    report(wrong, kills);
}

void TestInstructionKill::aForgetfulLockIsCaught()
{
    const AtEveryInstruction every;
    const Shared<ForgetfulLock> lock;
    int kills = 0;
    const QByteArray wrong = killEverywhere([&] { lock->begin(); }, [] {},
        [&] {
            lock->acquire();
            lock->release();
        },
        [&]() -> QByteArray {
            lock->begin();
            if (!lock->acquire())
                return "others cannot acquire the lock";
            lock->release();
            return {};
        },
        kills);
    QVERIFY2(wrong.contains("others cannot acquire the lock"), wrong.constData());
    qInfo("caught: %s", wrong.constData());
}

void TestInstructionKill::aSecondCommitIsCaught()
{
    const AtEveryInstruction every;
    const Shared<TwoStoreQueue> queue;
    int kills = 0;
    const QByteArray wrong = killPutEverywhere(*queue, kills);
    QVERIFY2(wrong.contains("the queue has") || wrong.contains("torn") || wrong.contains("cannot get"), wrong.constData());
    qInfo("caught: %s", wrong.constData());
}

int main(int argc, char **argv)
{
    procession::freezeSupport(argc, argv);
    options.take(argc, argv);
    const QCoreApplication application(argc, argv);
    TestInstructionKill test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_instructionkill.moc"
