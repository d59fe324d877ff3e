// SPDX-License-Identifier: MIT
#include "testmain.h"

#include <procession/platform/io/streamwriting.h>
#include <procession/pool/output/capturedoutput.h>
#include <procession/pool/output/linesplitter.h>
#include <procession/pool/output/tasksplitter.h>
#include <procession/pool/output/workeroutputreader.h>

#include <QtTest/QtTest>

using namespace procession;
using namespace std::chrono_literals;

/// What becomes of streams of bytes once they are read.
class TestOutputSplitting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesAreSplit();
    void tasksAreSplit();
    void theEndMayLookLikeAMark();
    void keepsNoMoreThanItMay();
};

void TestOutputSplitting::linesAreSplit()
{
    LineSplitter splitter;
    QCOMPARE(splitter.add("one"), QByteArray());
    QVERIFY(splitter.hasUnfinishedLine());
    QCOMPARE(splitter.add(" line\ntwo\nthr"), QByteArray("one line\ntwo\n"));
    QCOMPARE(splitter.finishLine(), QByteArray("thr\n"));
    QVERIFY(!splitter.hasUnfinishedLine());
    QCOMPARE(splitter.finishLine(), QByteArray());
    const QByteArray longest(LineSplitter::LongestLine, 'x');
    QCOMPARE(splitter.add(longest), QByteArray());
    QCOMPARE(splitter.add("y").size(), LineSplitter::LongestLine + 2);
}

void TestOutputSplitting::tasksAreSplit()
{
    const QByteArray mark = "0123456789012345";
    const QByteArray stream = "first" + TaskSplitter::endOf(7, mark) + "012" + TaskSplitter::endOf(8, mark)
        + TaskSplitter::endOf(9, mark) + "01234567890123" + TaskSplitter::endOf(10, mark) + "0123456789";
    for (const int piece : {1, 2, 3, 7, 1000}) {
        TaskSplitter splitter(mark);
        QByteArray text;
        for (qsizetype at = 0; at < stream.size(); at += piece)
            text += splitter.add(QByteArrayView(stream).sliced(at, std::min<qsizetype>(piece, stream.size() - at)));
        QCOMPARE(text, QByteArray("first01201234567890123"));
        QVERIFY(!splitter.hasEnded(6));
        QCOMPARE(splitter.take(6), QByteArray());
        QCOMPARE(splitter.take(7), QByteArray("first"));
        QCOMPARE(splitter.take(9), QByteArray());
        QVERIFY(!splitter.hasEnded(8));
        QCOMPARE(splitter.take(10), QByteArray("01234567890123"));
        QCOMPARE(splitter.takeRest(), QByteArray("0123456789"));
    }
}

void TestOutputSplitting::theEndMayLookLikeAMark()
{
    auto [readEnd, writeEnd] = Descriptor::pipe();
    WorkerOutputReader reader(std::move(readEnd), PoolOutput::Capture, "h123456789012345");
    QCOMPARE(writeSome(writeEnd.get(), "ouch"), 4);
    QVERIFY(reader.read());
    QCOMPARE(reader.present(), QByteArray("ouch"));
    QCOMPARE(reader.takeRest(), QByteArray("ouch"));
    QCOMPARE(reader.lastWords(), QByteArray("ouch"));
}

void TestOutputSplitting::keepsNoMoreThanItMay()
{
    const QByteArray mark = TaskSplitter::drawMark();
    TaskSplitter splitter(mark);
    const QByteArray block(TaskSplitter::MostOfTask / 2, 'x');
    for (quint64 task = 1; task <= 40; ++task) {
        splitter.add(block);
        splitter.add(block);
        splitter.add("yz" + TaskSplitter::endOf(task, mark));
    }
    QCOMPARE(splitter.take(1), block + block + "\n[2 more bytes were dropped]\n");
    QCOMPARE(splitter.take(40), QByteArray("[1048578 more bytes were dropped]\n"));
    splitter.add("again" + TaskSplitter::endOf(41, mark));
    QCOMPARE(splitter.take(41), QByteArray("again"));

    CapturedOutput captured;
    for (quint64 call = 0; call < 100; ++call)
        captured.add(call, 1, {block + block, {}});
    QVERIFY(captured.output().size() < CapturedOutput::Most + 100 * 100);
    QVERIFY(captured.of(99).output.startsWith("[more was dropped"));
    QCOMPARE(captured.take(0).output, block + block); // and there is room again
    captured.add(100, 2, {"again", "and again"});
    QCOMPARE(captured.take(100).output, QByteArray("again"));
    QCOMPARE(captured.take(101).error, QByteArray("and again"));
    QVERIFY(captured.of(101).isEmpty());
}

PROCESSION_TEST_MAIN(TestOutputSplitting)
#include "tst_outputsplitting.moc"
