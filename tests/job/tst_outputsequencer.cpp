// SPDX-License-Identifier: MIT
#include <procession/job/output/outputreader.h>
#include <procession/job/output/outputsequencer.h>

#include <QtTest/QtTest>

using namespace procession;

namespace {

Attempt attemptOf(TaskIndex task, const QByteArray &out, const QByteArray &err = {})
{
    Attempt attempt;
    attempt.task = task;
    attempt.output.out.bytes = out;
    attempt.output.out.size = out.size();
    attempt.output.err.bytes = err;
    attempt.output.err.size = err.size();
    return attempt;
}

} // namespace

class TestOutputSequencer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void putsInOrder()
    {
        OutputSequencer sequencer;
        sequencer.add(attemptOf(2, "c"));
        QVERIFY(!sequencer.next());
        sequencer.add(attemptOf(0, "a"));
        QCOMPARE(sequencer.next()->output.out.bytes, "a");
        QVERIFY(!sequencer.next());
        sequencer.add(attemptOf(1, "b"));
        QCOMPARE(sequencer.next()->output.out.bytes, "b");
        QCOMPARE(sequencer.next()->output.out.bytes, "c");
        QVERIFY(!sequencer.next());
    }

    void passesOverSkippedTasks()
    {
        OutputSequencer sequencer;
        sequencer.skip(0);
        sequencer.skip(2);
        sequencer.add(attemptOf(3, "d"));
        QVERIFY(!sequencer.next());
        sequencer.add(attemptOf(1, "b"));
        QCOMPARE(sequencer.next()->task, TaskIndex(1));
        QCOMPARE(sequencer.next()->task, TaskIndex(3));
        QVERIFY(!sequencer.next());
    }

    void holdsNoMoreThanItsBound()
    {
        constexpr int Tasks = 200;
        constexpr qint64 Bound = 10'000;
        OutputSequencer sequencer(Bound);
        for (TaskIndex task = Tasks - 1; task > 0; --task) {
            sequencer.add(attemptOf(task, QByteArray(1'000, char('a' + task % 26)), QByteArray::number(task)));
            QVERIFY(sequencer.memoryUsed() <= Bound);
        }
        sequencer.add(attemptOf(0, "first"));
        QCOMPARE(sequencer.next()->output.out.bytes, "first");
        for (TaskIndex task = 1; task < Tasks; ++task) {
            const auto attempt = sequencer.next();
            QVERIFY(attempt);
            QCOMPARE(attempt->task, task);
            QCOMPARE(attempt->output.out.bytes, QByteArray(1'000, char('a' + task % 26)));
            QCOMPARE(attempt->output.err.bytes, QByteArray::number(task));
        }
        QCOMPARE(sequencer.memoryUsed(), 0);
    }

    void leavesFilesWhereTheyAre()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        const QByteArray all(700'000, 'x');
        file.write(all);
        QVERIFY(file.flush());
        Attempt attempt = attemptOf(1, all.left(64));
        attempt.output.out.file = file.fileName();
        attempt.output.out.size = all.size();
        OutputSequencer sequencer(0);
        sequencer.add(attempt);
        QCOMPARE(sequencer.memoryUsed(), 0);
        sequencer.skip(0);
        const auto next = sequencer.next();
        QVERIFY(next);
        QByteArray read;
        readStream(next->output.out, [&read](QByteArrayView bytes) { read += bytes; });
        QCOMPARE(read, all);
    }
};

QTEST_GUILESS_MAIN(TestOutputSequencer)
#include "tst_outputsequencer.moc"
