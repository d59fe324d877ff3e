// SPDX-License-Identifier: MIT
#include <procession/job/output/livelines.h>

#include <QtTest/QTest>

using namespace procession;

namespace {

OutputPiece piece(TaskIndex task, qint64 offset, const QByteArray &bytes, int attempt = 1)
{
    OutputPiece result;
    result.task = task;
    result.attempt = attempt;
    result.worker = int(task) + 1;
    result.offset = offset;
    result.bytes = bytes;
    return result;
}

Attempt attemptOf(TaskIndex task, int number = 1)
{
    Attempt attempt;
    attempt.task = task;
    attempt.number = number;
    return attempt;
}

} // namespace

class TestLiveLines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesWholeLines()
    {
        LiveLines live;
        live.add(piece(3, 0, "on"));
        QCOMPARE(live.takeLines(3, false), QByteArray());
        live.add(piece(3, 2, "e\ntwo\nth"));
        live.add(piece(3, 10, "re"));
        QCOMPARE(live.takeLines(3, false), QByteArray("one\ntwo\n"));
        QCOMPARE(live.takeLines(3, false), QByteArray());
        QCOMPARE(live.printed(attemptOf(3), false), 8);
        live.add(piece(3, 12, "e\n"));
        QCOMPARE(live.takeLines(3, false), QByteArray("three\n"));
        QCOMPARE(live.worker(3), 4);
        QCOMPARE(live.worker(2), 0);
        QCOMPARE(live.takeLines(2, false), QByteArray());
    }

    void keepsStreamsAndTasksApart()
    {
        LiveLines live;
        OutputPiece error = piece(0, 0, "e\n");
        error.isError = true;
        live.add(piece(0, 0, "o"));
        live.add(error);
        live.add(piece(1, 0, "p\n"));
        QCOMPARE(live.takeLines(0, false), QByteArray());
        QCOMPARE(live.takeLines(0, true), QByteArray("e\n"));
        QCOMPARE(live.takeLines(1, false), QByteArray("p\n"));
        QCOMPARE(live.printed(attemptOf(0), true), 2);
        QCOMPARE(live.printed(attemptOf(0), false), 0);
    }

    void leavesWhatFollowsAGapToTheEnd()
    {
        LiveLines live;
        live.add(piece(0, 0, "one\n"));
        live.add(piece(0, 9, "three\n"));
        QCOMPARE(live.takeLines(0, false), QByteArray("one\n"));
        live.add(piece(0, 4, "two\n"));
        QCOMPARE(live.takeLines(0, false), QByteArray());
        QCOMPARE(live.printed(attemptOf(0), false), 4);
    }

    void holdsNoMoreThanItsBound()
    {
        LiveLines live(10);
        live.add(piece(0, 0, "one\n"));
        live.add(piece(1, 0, "seven b"));
        QCOMPARE(live.takeLines(1, false), QByteArray());
        live.add(piece(0, 4, "two\n"));
        QCOMPARE(live.takeLines(0, false), QByteArray("one\ntwo\n"));
        live.add(piece(2, 0, "seven b\n"));
        QCOMPARE(live.takeLines(2, false), QByteArray("seven b\n"));
        // Taken lines and ended tasks make room.
        for (TaskIndex task = 3; task < 100; ++task) {
            live.add(piece(task, 0, "a\nseven b"));
            QCOMPARE(live.takeLines(task, false), QByteArray("a\n"));
            live.end(attemptOf(task));
        }
    }

    void anotherAttemptBeginsAnew()
    {
        LiveLines live;
        live.add(piece(0, 0, "first\nfi"));
        QCOMPARE(live.takeLines(0, false), QByteArray("first\n"));
        live.add(piece(0, 0, "second\nse", 2));
        live.end(attemptOf(0)); // that it ended is told late
        live.add(piece(0, 8, "rst\n")); // as no attempt that ended would
        QCOMPARE(live.printed(attemptOf(0), false), 0);
        QCOMPARE(live.takeLines(0, false), QByteArray("second\n"));
        QCOMPARE(live.printed(attemptOf(0, 2), false), 7);
        live.end(attemptOf(0, 2));
        QCOMPARE(live.printed(attemptOf(0, 2), false), 0);
    }
};

QTEST_GUILESS_MAIN(TestLiveLines)
#include "tst_livelines.moc"
