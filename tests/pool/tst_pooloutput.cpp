// SPDX-License-Identifier: MIT
#include "caughtstream.h"
#include "processtest.h"
#include "sanitizers.h"
#include "writingtasks.h"

#include <procession/platform/system/processstatus.h>

#include <QtCore/QScopeGuard>

#include <thread>

using namespace procession;
using namespace std::chrono_literals;

namespace {

/// "12 12 12 … 12\n" in pieces.
void writePieces(int stream, int number)
{
    const QByteArray word = QByteArray::number(number);
    for (int i = 0; i < 20; ++i)
        put(stream, word + ' ');
    put(stream, word + '\n');
}

void writeLine(int number) { writePieces(STDOUT_FILENO, number); }

void writeErrorLine(int number) { writePieces(STDERR_FILENO, number); }

bool isLineOfOneNumber(const QByteArray &line)
{
    const auto words = line.split(' ');
    return words.size() == 21 && words.count(words.first()) == words.size();
}

/// What is wrong with the lines that 600 tasks have written; empty when all is well.
QByteArray problemOf(const QByteArray &text)
{
    auto lines = text.split('\n');
    if (!lines.takeLast().isEmpty())
        return "the last line is not ended";
    QSet<QByteArray> numbers;
    for (const QByteArray &line : lines) {
        if (!isLineOfOneNumber(line))
            return line;
        numbers.insert(line.split(' ').first());
    }
    return lines.size() == 600 && numbers.size() == 600 ? QByteArray() : "there are other lines";
}

void printUnfinished(const QByteArray &text) { std::fputs(text.constData(), stdout); }

/// A process that goes on without its parent and has its streams.
qint64 leaveProcessBehind()
{
    const pid_t pid = ::fork();
    if (pid == 0) {
        for (;;)
            ::pause();
    }
    return pid;
}

template <typename Condition>
bool comesTrue(Condition condition)
{
    const QDeadlineTimer deadline(20s);
    while (!condition() && !deadline.hasExpired())
        std::this_thread::yield();
    return condition();
}

} // namespace

/// What tasks write and their pool passes on.
class TestPoolOutput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lines_data() { addStartMethods(false); }
    void lines();
    void linesOfErrors_data() { addStartMethods(false); }
    void linesOfErrors();
    void unfinishedLine_data() { addStartMethods(false); }
    void unfinishedLine();
    void inherit();
    void muchOutput_data();
    void muchOutput();
    void readerThatSleeps();
    void readerThatHasGone();
    void processLeftBehind();
    void threadsInherit();
};

void TestPoolOutput::lines()
{
    QFETCH(StartMethod, method);
    CaughtStream caught(STDOUT_FILENO);
    {
        Pool pool(with(method, 3, PoolOutput::Lines, PoolOutput::Inherit));
        pool.map(&writeLine, std::views::iota(0, 600), 1);
        pool.close();
        pool.join();
    }
    QCOMPARE(problemOf(caught.end()), QByteArray());
}

void TestPoolOutput::linesOfErrors()
{
    QFETCH(StartMethod, method);
    CaughtStream caught(STDERR_FILENO);
    {
        Pool pool({.processes = 3, .context = Context(method)}); // without being told to
        pool.map(&writeErrorLine, std::views::iota(0, 600), 1);
        pool.close();
        pool.join();
    }
    QCOMPARE(problemOf(caught.end()), QByteArray());
}

void TestPoolOutput::unfinishedLine()
{
    QFETCH(StartMethod, method);
    CaughtStream caught(STDOUT_FILENO);
    Pool pool(with(method, 2, PoolOutput::Lines, PoolOutput::Inherit));
    pool.apply(&printUnfinished, QByteArray("one"));
    const bool isFirstEnded = comesTrue([&] { return caught.text() == "one\n"; }); // the worker goes on
    pool.apply(&printUnfinished, QByteArray("two"));
    const bool isSecondEnded = comesTrue([&] { return caught.text() == "one\ntwo\n"; });
    pool.apply(&printUnfinished, QByteArray("three"));
    pool.terminate();
    pool.join();
    QCOMPARE(caught.end(), QByteArray("one\ntwo\nthree\n"));
    QVERIFY(isFirstEnded);
    QVERIFY(isSecondEnded);
}

void TestPoolOutput::inherit()
{
    CaughtStream output(STDOUT_FILENO);
    CaughtStream error(STDERR_FILENO);
    PoolOptions options = with(StartMethod::Fork, 1, PoolOutput::Inherit, PoolOutput::Inherit);
    Pool pool(options);
    pool.apply(&printAllWays, 5);
    const QByteArray written = output.text(); // at once, since it is the worker that writes it
    const QByteArray errors = error.text();
    bool isLost = false;
    try {
        pool.apply(&writeAndDie, QByteArray("nobody hears it"));
    } catch (const WorkerLost &lost) {
        isLost = lost.lastWords().isEmpty();
    }
    output.end();
    error.end();
    QCOMPARE(written.size(), printedAllWays(5).size());
    QVERIFY(written.contains("printf 5"));
    QCOMPARE(errors, QByteArray("error 5"));
    QVERIFY(isLost);
}

void TestPoolOutput::muchOutput_data()
{
    QTest::addColumn<PoolOutput>("output");
    QTest::newRow("lines") << PoolOutput::Lines;
    QTest::newRow("capture") << PoolOutput::Capture;
}

void TestPoolOutput::muchOutput()
{
    SKIP_UNDER_SANITIZERS("they keep what was freed for a while");
    QFETCH(PoolOutput, output);
    constexpr qint64 Much = qint64(1) << 29;
    constexpr qint64 Little = qint64(32) << 20;
    const qint64 before = privateMemory(QCoreApplication::applicationPid()).value();
    QFile null(QStringLiteral("/dev/null"));
    QVERIFY(null.open(QIODevice::WriteOnly));
    CaughtStream caught(STDERR_FILENO, null.handle());
    Pool pool(with(StartMethod::Fork, 2, PoolOutput::Inherit, output));
    const AsyncResult<void> result = pool.applyAsync(&writeMuch, STDERR_FILENO, Much);
    qint64 most = 0;
    while (!result.isReady())
        most = std::max(most, *privateMemory(QCoreApplication::applicationPid()));
    caught.end();
    result.get();
    QVERIFY2(most - before < Little, qPrintable(QString::number(most - before)));
    if (output == PoolOutput::Capture) {
        QVERIFY(result.standardError().startsWith("xxxx"));
        QVERIFY(result.standardError().endsWith("\n[535822336 more bytes were dropped]\n"));
    }
}

void TestPoolOutput::readerThatSleeps()
{
    auto [readEnd, writeEnd] = Descriptor::pipe();
    CaughtStream error(STDERR_FILENO);
    CaughtStream caught(STDOUT_FILENO, writeEnd.get());
    QElapsedTimer timer;
    int square = 0;
    {
        Pool pool(with(StartMethod::Fork, 2, PoolOutput::Lines, PoolOutput::Lines));
        const AsyncResult<void> stuck = pool.applyAsync(&writeMuch, STDOUT_FILENO, qint64(1) << 24);
        for (int i = 0; i < 100; ++i)
            square = pool.apply([](int x) { return x * x; }, i);
        if (stuck.isReady())
            square = -1;
        timer.start();
        pool.terminate();
        pool.join();
    }
    caught.end();
    VERIFY_CONTAINS(error.end().toStdString(), "bytes that its workers have written are dropped");
    QCOMPARE(square, 99 * 99);
    QVERIFY(timer.elapsed() < 8000);
}

void TestPoolOutput::readerThatHasGone()
{
    auto [readEnd, writeEnd] = Descriptor::pipe();
    readEnd.reset();
    CaughtStream error(STDERR_FILENO);
    CaughtStream caught(STDOUT_FILENO, writeEnd.get());
    Pool pool(with(StartMethod::Fork, 2, PoolOutput::Lines, PoolOutput::Inherit));
    const AsyncResult<void> result = pool.applyAsync(&writeMuch, STDOUT_FILENO, qint64(1) << 24);
    const bool isReady = result.wait(20s);
    caught.end();
    VERIFY_CONTAINS(error.end().toStdString(), "what its workers write to stdout is dropped");
    QVERIFY(isReady);
    result.get();
}

void TestPoolOutput::processLeftBehind()
{
    Pool pool(with(StartMethod::Fork, 1, PoolOutput::Capture, PoolOutput::Lines));
    const qint64 left = pool.apply(&leaveProcessBehind);
    const auto atEnd = qScopeGuard([left] { ::kill(static_cast<pid_t>(left), SIGKILL); });
    pool.close();
    QVERIFY(pool.join(20s));
}

void TestPoolOutput::threadsInherit()
{
    Pool pool({.processes = 1, .context = Context(StartMethod::Thread)});
    QCOMPARE(pool.apply(&printAndReturn, 1), 1);
    const std::string output = errorOf([] { Pool(with(StartMethod::Thread, 1, PoolOutput::Lines, PoolOutput::Inherit)); });
    VERIFY_CONTAINS(output, "PoolOptions::standardOutput cannot be lines");
    const std::string error = errorOf([] { Pool(with(StartMethod::Thread, 1, PoolOutput::Inherit, PoolOutput::Capture)); });
    VERIFY_CONTAINS(error, "PoolOptions::standardError cannot be capture");
}

PROCESSION_TEST_MAIN(TestPoolOutput)
#include "tst_pooloutput.moc"
