// SPDX-License-Identifier: MIT
#include "caughtstream.h"
#include "processtest.h"

#include <procession/linesplitter.h>
#include <procession/pool.h>
#include <procession/processstatus.h>
#include <procession/tasksplitter.h>

#include <QtCore/QScopeGuard>
#include <QtCore/QTimer>

#include <csignal>
#include <iostream>
#include <numeric>
#include <thread>
#include <unistd.h>

using namespace procession;
using namespace std::chrono_literals;

namespace {

PoolOptions with(StartMethod method, int processes, PoolOutput output, PoolOutput error)
{
    PoolOptions options;
    options.processes = processes;
    options.context = Context(method);
    options.standardOutput = output;
    options.standardError = error;
    return options;
}

void put(int stream, QByteArrayView text)
{
    while (!text.isEmpty()) {
        const auto written = ::write(stream, text.data(), static_cast<std::size_t>(text.size()));
        if (written < 0)
            ::_exit(3);
        text = text.sliced(written);
    }
}

/// "12 12 12 … 12\n" in pieces.
void writeLine(int number)
{
    const QByteArray word = QByteArray::number(number);
    for (int i = 0; i < 20; ++i)
        put(STDOUT_FILENO, word + ' ');
    put(STDOUT_FILENO, word + '\n');
}

bool isLineOfOneNumber(const QByteArray &line)
{
    const auto words = line.split(' ');
    return words.size() == 21 && words.count(words.first()) == words.size();
}

void printAllWays(int number)
{
    std::printf("printf %d, ", number);
    std::cout << "cout " << number << ", ";
    std::cout.flush();
    put(STDOUT_FILENO, "write " + QByteArray::number(number));
    std::fprintf(stderr, "error %d", number);
}
QByteArray printedAllWays(int number) { return QStringLiteral("printf %1, cout %1, write %1").arg(number).toUtf8(); }

void printUnfinished(const QByteArray &text) { std::fputs(text.constData(), stdout); }

int printAndReturn(int number)
{
    std::printf("<%d>", number);
    return number;
}

void writeMuch(int stream, qint64 bytes)
{
    const QByteArray block(65'536, 'x');
    for (qint64 written = 0; written < bytes; written += block.size())
        put(stream, block);
}

void writeAndWait(const QByteArray &words)
{
    put(STDOUT_FILENO, "half done");
    put(STDERR_FILENO, words);
    for (;;)
        ::pause();
}

void writeAndDie(const QByteArray &text)
{
    std::printf("half done");
    std::fflush(stdout);
    put(STDERR_FILENO, text);
    ::raise(SIGKILL);
}

void complain(const QByteArray &text) { put(STDERR_FILENO, text + '\n'); }

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

void becomeSilent()
{
    ::close(STDOUT_FILENO);
    ::close(STDERR_FILENO);
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

class tst_PoolOutput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesAreSplit();
    void tasksAreSplit();
    void keepsNoMoreThanItMay();
    void lines_data() { addStartMethods(false); }
    void lines();
    void linesOfErrors_data() { addStartMethods(false); }
    void linesOfErrors();
    void unfinishedLine_data() { addStartMethods(false); }
    void unfinishedLine();
    void inherit();
    void capture_data() { addStartMethods(false); }
    void capture();
    void captureOfMap_data() { addStartMethods(false); }
    void captureOfMap();
    void captureOfRetries();
    void captureWithoutStreams();
    void lastWords_data() { addStartMethods(false); }
    void lastWords();
    void lastWordsAreTheLast();
    void captureOfLostTask_data() { addStartMethods(false); }
    void captureOfLostTask();
    void captureOfCancelledTask_data() { addStartMethods(false); }
    void captureOfCancelledTask();
    void muchOutput_data();
    void muchOutput();
    void readerThatSleeps();
    void readerThatHasGone();
    void processLeftBehind();
    void threadsInherit();
};

void tst_PoolOutput::linesAreSplit()
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

void tst_PoolOutput::tasksAreSplit()
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

void tst_PoolOutput::keepsNoMoreThanItMay()
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
}

void tst_PoolOutput::lines()
{
    QFETCH(StartMethod, method);
    std::vector<int> numbers(600);
    std::iota(numbers.begin(), numbers.end(), 0);
    CaughtStream caught(STDOUT_FILENO);
    {
        Pool pool(with(method, 3, PoolOutput::Lines, PoolOutput::Inherit));
        pool.map(&writeLine, numbers, 1);
        pool.close();
        pool.join();
    }
    auto lines = caught.end().split('\n');
    QCOMPARE(lines.takeLast(), QByteArray());
    QSet<QByteArray> firsts;
    for (const QByteArray &line : lines) {
        QVERIFY2(isLineOfOneNumber(line), line.constData());
        firsts.insert(line.split(' ').first());
    }
    QCOMPARE(lines.size(), 600);
    QCOMPARE(firsts.size(), 600);
}

void tst_PoolOutput::linesOfErrors()
{
    QFETCH(StartMethod, method);
    CaughtStream caught(STDERR_FILENO);
    {
        Pool pool({.processes = 2, .context = Context(method)});
        pool.map(&complain, std::vector<QByteArray>(50, "it hurts"), 1);
        pool.close();
        pool.join();
    }
    QCOMPARE(caught.end(), QByteArray("it hurts\n").repeated(50));
}

void tst_PoolOutput::unfinishedLine()
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

void tst_PoolOutput::inherit()
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

void tst_PoolOutput::capture()
{
    QFETCH(StartMethod, method);
    Pool pool(with(method, 2, PoolOutput::Capture, PoolOutput::Capture));
    std::vector<AsyncResult<void>> results;
    for (int i = 0; i < 300; ++i)
        results.push_back(pool.applyAsync(&printAllWays, i));
    for (int i = 0; i < 300; ++i) {
        AsyncResult<void> &result = results[static_cast<std::size_t>(i)];
        result.get();
        QByteArrayList words = result.standardOutput().replace(", ", "").split('p');
        QCOMPARE(result.standardOutput().size(), printedAllWays(i).size());
        for (const char *way : {"printf ", "cout ", "write "})
            QVERIFY(result.standardOutput().contains(way + QByteArray::number(i)));
        QCOMPARE(result.standardError(), "error " + QByteArray::number(i));
        QCOMPARE(result.outputOf(0).error, result.standardError());
    }
}

void tst_PoolOutput::captureOfMap()
{
    QFETCH(StartMethod, method);
    Pool pool(with(method, 2, PoolOutput::Capture, PoolOutput::Lines));
    std::vector<int> numbers(100);
    std::iota(numbers.begin(), numbers.end(), 0);
    QByteArray all;
    for (const int number : numbers)
        all += '<' + QByteArray::number(number) + '>';
    for (const int chunkSize : {1, 7, 0}) {
        auto result = pool.mapAsync(&printAndReturn, numbers, chunkSize);
        QCOMPARE(result.get(), numbers);
        QCOMPARE(result.standardOutput(), all);
        if (chunkSize == 1)
            QCOMPARE(result.outputOf(42).output, QByteArray("<42>"));
        if (chunkSize == 7)
            QCOMPARE(result.outputOf(9).output, QByteArray("<7><8><9><10><11><12><13>"));
        QVERIFY(result.outputOf(100).isEmpty());
    }
}

void tst_PoolOutput::captureOfRetries()
{
    Pool pool(with(StartMethod::Fork, 1, PoolOutput::Capture, PoolOutput::Capture));
    TaskOptions twice;
    twice.retry = RetryPolicy{.retries = 1};
    const AsyncResult<void> lost = pool.applyAsync(twice, &writeAndDie, QByteArray("ouch"));
    QVERIFY_THROWS_EXCEPTION(WorkerLost, lost.get());
    QCOMPARE(lost.standardOutput(), QByteArray("half done"));
    QCOMPARE(lost.standardError(), QByteArray("ouch"));
    const AsyncResult<int> next = pool.applyAsync(&printAndReturn, 1);
    QCOMPARE(next.get(), 1);
    QCOMPARE(next.standardOutput(), QByteArray("<1>"));
}

void tst_PoolOutput::captureWithoutStreams()
{
    Pool pool(with(StartMethod::Fork, 1, PoolOutput::Capture, PoolOutput::Capture));
    const AsyncResult<void> result = pool.applyAsync(&becomeSilent);
    result.get(10s);
    QCOMPARE(result.standardOutput(), QByteArray());
    const AsyncResult<void> next = pool.applyAsync(&becomeSilent);
    next.get(10s);
}

void tst_PoolOutput::lastWords()
{
    QFETCH(StartMethod, method);
    CaughtStream caught(STDERR_FILENO);
    Pool pool({.processes = 2, .context = Context(method)});
    QByteArray words;
    std::string text;
    try {
        pool.apply(&writeAndDie, QByteArray("the disk is on fire"));
    } catch (const WorkerLost &lost) {
        words = lost.lastWords();
        text = lost.what();
    }
    pool.terminate();
    pool.join();
    QCOMPARE(caught.end(), QByteArray("the disk is on fire\n"));
    QCOMPARE(words, QByteArray("the disk is on fire"));
    VERIFY_CONTAINS(text, "the disk is on fire");
}

void tst_PoolOutput::lastWordsAreTheLast()
{
    CaughtStream caught(STDERR_FILENO);
    Pool pool({.processes = 1, .context = Context(StartMethod::Fork)});
    const QByteArray text = QByteArray("a line of some length\n").repeated(5000) + "the end";
    QByteArray words;
    try {
        pool.apply(&writeAndDie, text);
    } catch (const WorkerLost &lost) {
        words = lost.lastWords();
    }
    pool.terminate();
    pool.join();
    QCOMPARE(caught.end(), text + '\n');
    QVERIFY(words.size() <= 4096);
    QVERIFY(words.size() > 4000);
    QVERIFY(words.startsWith("a line"));
    QVERIFY(words.endsWith("length\nthe end"));
}

void tst_PoolOutput::captureOfLostTask()
{
    QFETCH(StartMethod, method);
    Pool pool(with(method, 2, PoolOutput::Capture, PoolOutput::Capture));
    const AsyncResult<void> before = pool.applyAsync(&complain, QByteArray("before"));
    before.get();
    const AsyncResult<void> lost = pool.applyAsync(&writeAndDie, QByteArray("ouch"));
    try {
        lost.get();
        QFAIL("it was not lost");
    } catch (const WorkerLost &error) {
        QVERIFY(error.lastWords().endsWith("ouch"));
    }
    QCOMPARE(before.standardError(), QByteArray("before\n"));
    QCOMPARE(lost.standardOutput(), QByteArray("half done"));
    QCOMPARE(lost.standardError(), QByteArray("ouch"));
}

void tst_PoolOutput::captureOfCancelledTask()
{
    QFETCH(StartMethod, method);
    Pool pool(with(method, 2, PoolOutput::Capture, PoolOutput::Capture));
    const AsyncResult<void> hanging = pool.applyAsync(&writeAndWait, QByteArray("hm"));
    QTRY_COMPARE(hanging.presentOutput().error, QByteArray("hm"));
    QCOMPARE(hanging.presentOutput().output, QByteArray("half done"));
    QCOMPARE(hanging.standardOutput(), QByteArray());
    hanging.cancel();
    QVERIFY_THROWS_EXCEPTION(TaskCancelled, hanging.get());
    QCOMPARE(hanging.standardOutput(), QByteArray("half done"));
    QCOMPARE(hanging.standardError(), QByteArray("hm"));
    QVERIFY(hanging.presentOutput().isEmpty());
    const AsyncResult<void> next = pool.applyAsync(&complain, QByteArray("next"));
    next.get();
    QCOMPARE(next.standardError(), QByteArray("next\n"));
}

void tst_PoolOutput::muchOutput_data()
{
    QTest::addColumn<PoolOutput>("output");
    QTest::newRow("lines") << PoolOutput::Lines;
    QTest::newRow("capture") << PoolOutput::Capture;
}

void tst_PoolOutput::muchOutput()
{
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

void tst_PoolOutput::readerThatSleeps()
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

void tst_PoolOutput::readerThatHasGone()
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

void tst_PoolOutput::processLeftBehind()
{
    Pool pool(with(StartMethod::Fork, 1, PoolOutput::Capture, PoolOutput::Lines));
    const qint64 left = pool.apply(&leaveProcessBehind);
    const auto atEnd = qScopeGuard([left] { ::kill(static_cast<pid_t>(left), SIGKILL); });
    pool.close();
    QVERIFY(pool.join(20s));
}

void tst_PoolOutput::threadsInherit()
{
    Pool pool({.processes = 1, .context = Context(StartMethod::Thread)});
    QCOMPARE(pool.apply(&printAndReturn, 1), 1);
    const std::string output = errorOf([] { Pool(with(StartMethod::Thread, 1, PoolOutput::Lines, PoolOutput::Inherit)); });
    VERIFY_CONTAINS(output, "PoolOptions::standardOutput cannot be lines");
    const std::string error = errorOf([] { Pool(with(StartMethod::Thread, 1, PoolOutput::Inherit, PoolOutput::Capture)); });
    VERIFY_CONTAINS(error, "PoolOptions::standardError cannot be capture");
}

PROCESSION_TEST_MAIN(tst_PoolOutput)
#include "tst_pooloutput.moc"
