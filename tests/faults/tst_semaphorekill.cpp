// SPDX-License-Identifier: MIT
// Kills a process before every single instruction of an operation on a semaphore, and looks each time whether others can go on and
// whether any unit was lost or made.
// At every 47th, beginning with the seed; with `--rounds=1` at every one, which takes minutes.
#include "instructionkiller.h"
#include "killexperiment.h"
#include "sanitizers.h"

#include <procession/process/launch/freezesupport.h>
#include <procession/sync/semaphore.h>

#include <QtTest/QtTest>

#include <mutex>
#include <sys/wait.h>
#include <unistd.h>

using namespace procession;

namespace {

FaultOptions options{47}; // rounds: the distance of instructions

KillReport outcomeOf(const KillExperiment &experiment) { return killEverywhere(experiment, options); }

/// In a copy of this process, which then ends.
void runInCopy(const std::function<void()> &action)
{
    const pid_t child = ::fork();
    if (child == 0) {
        action();
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
}

} // namespace

class TestSemaphoreKill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aSemaphore();
    void aSemaphoreThatCounts();
    void aUnitOfAnother();
    void unitsTakenBack();
    void whatWasCountedIsForgotten();
};

void TestSemaphoreKill::initTestCase()
{
    SKIP_WHERE_NOTHING_CAN_BE_STEPPED();
    QLoggingCategory::setFilterRules(QStringLiteral("procession.sync.warning=false"));
    currentThread();
}

void TestSemaphoreKill::aSemaphore()
{
    const Semaphore semaphore(2);
    verifyUnharmed(outcomeOf({
        .operation = [&] { const std::scoped_lock unit(semaphore); },
        .check = verified([&] {
            QCOMPARE(semaphore.value(), 2);
            QVERIFY(semaphore.holders().empty());
            QVERIFY(semaphore.acquire(false) && semaphore.acquire(false) && !semaphore.acquire(false));
            semaphore.release(2);
        }),
    }));
}

void TestSemaphoreKill::aSemaphoreThatCounts()
{
    const Semaphore semaphore(0);
    verifyUnharmed(outcomeOf({
        .before =
            [&] {
                semaphore.release();
                runInCopy([&] { semaphore.acquire(); }); // nobody who lives holds any
            },
        .operation = [&] { semaphore.release(); },
        .check = verified([&] {
            const int value = semaphore.value();
            QVERIFY(value == 0 || value == 1);
            QCOMPARE(semaphore.acquire(false), value == 1);
            QVERIFY(!semaphore.acquire(false));
            if (value == 1)
                semaphore.release();
            runInCopy([&] { semaphore.acquire(false); });
        }),
    }));
}

void TestSemaphoreKill::aUnitOfAnother()
{
    const Semaphore semaphore(1);
    verifyUnharmed(outcomeOf({
        .before = [&] { QVERIFY(semaphore.acquire(false)); },
        .operation = [&] { semaphore.release(); },
        .check = verified([&] {
            QCOMPARE(semaphore.value() == 1, semaphore.holders().empty());
            if (semaphore.value() == 0)
                semaphore.release();
            QCOMPARE(semaphore.value(), 1);
            QVERIFY(semaphore.holders().empty());
        }),
    }));
}

void TestSemaphoreKill::unitsTakenBack()
{
    const Semaphore semaphore(3);
    verifyUnharmed(outcomeOf({
        .before =
            [&] {
                runInCopy([&] {
                    semaphore.acquire();
                    semaphore.acquire();
                });
            },
        .operation = [&] { semaphore.value(); },
        .check = verified([&] {
            QCOMPARE(semaphore.value(), 3);
            QVERIFY(semaphore.holders().empty());
        }),
    }));
}

// There is more than at the beginning, so what the dead one held is lost: once, not twice.
void TestSemaphoreKill::whatWasCountedIsForgotten()
{
    const Semaphore semaphore(0);
    verifyUnharmed(outcomeOf({
        .before =
            [&] {
                while (semaphore.acquire(false)) { }
                semaphore.release(4);
                runInCopy([&] {
                    semaphore.acquire();
                    semaphore.acquire();
                });
            },
        .operation = [&] { semaphore.value(); },
        .check = verified([&] {
            QCOMPARE(semaphore.value(), 2);
            QVERIFY(semaphore.holders().empty());
        }),
    }));
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);
    options.take(argc, argv);
    const QCoreApplication application(argc, argv);
    TestSemaphoreKill test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_semaphorekill.moc"
