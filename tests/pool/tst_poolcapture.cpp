// SPDX-License-Identifier: MIT
#include "caughtstream.h"
#include "processtest.h"
#include "writingtasks.h"

#include <numeric>

using namespace procession;
using namespace std::chrono_literals;

namespace {

void writeAndWait(const QByteArray &words)
{
    put(STDOUT_FILENO, "half done");
    put(STDERR_FILENO, words);
    for (;;)
        ::pause();
}

int printOrFail(int x)
{
    if (x == 2)
        writeAndDie("dead");
    if (x != 1)
        return printAndReturn(x);
    std::printf("thrown");
    throw std::runtime_error("not 1");
}

void becomeSilent()
{
    ::close(STDOUT_FILENO);
    ::close(STDERR_FILENO);
}

} // namespace

/// What tasks write and their pool keeps.
class TestPoolCapture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void capture_data() { addStartMethods(false); }
    void capture();
    void captureOfMap_data() { addStartMethods(false); }
    void captureOfMap();
    void captureOfImap_data() { addStartMethods(false); }
    void captureOfImap();
    void captureOfImapInAnyOrder();
    void captureOfRetries();
    void captureWithoutStreams();
    void captureOfLostTask_data() { addStartMethods(false); }
    void captureOfLostTask();
    void captureOfCancelledTask_data() { addStartMethods(false); }
    void captureOfCancelledTask();
    void lastWords_data() { addStartMethods(false); }
    void lastWords();
    void lastWordsAreTheLast();
};

void TestPoolCapture::capture()
{
    QFETCH(StartMethod, method);
    Pool pool(with(method, 2, PoolOutput::Capture, PoolOutput::Capture));
    std::vector<AsyncResult<void>> results;
    for (int i = 0; i < 300; ++i)
        results.push_back(pool.applyAsync(&printAllWays, i));
    for (int i = 0; i < 300; ++i) {
        AsyncResult<void> &result = results[static_cast<std::size_t>(i)];
        result.get();
        QCOMPARE(result.standardOutput().size(), printedAllWays(i).size());
        for (const char *way : {"printf ", "cout ", "write "})
            QVERIFY(result.standardOutput().contains(way + QByteArray::number(i)));
        QCOMPARE(result.standardError(), "error " + QByteArray::number(i));
        QCOMPARE(result.outputOf(0).error, result.standardError());
    }
}

void TestPoolCapture::captureOfMap()
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

void TestPoolCapture::captureOfImap()
{
    QFETCH(StartMethod, method);
    Pool pool(with(method, 2, PoolOutput::Capture, PoolOutput::Capture));
    auto results = pool.imap(&printOrFail, std::vector<int>{0, 1, 2, 3});
    QVERIFY(results.output().isEmpty());
    QCOMPARE(results.next(), 0);
    QCOMPARE(results.output().output, QByteArray("<0>"));
    QCOMPARE(results.output().error, QByteArray());
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, results.next());
    QCOMPARE(results.output().output, QByteArray("thrown"));
    QVERIFY_THROWS_EXCEPTION(WorkerLost, results.next());
    QCOMPARE(results.output().output, QByteArray("half done"));
    QCOMPARE(results.output().error, QByteArray("dead"));
    QCOMPARE(results.next(), 3);
    QCOMPARE(results.output().output, QByteArray("<3>"));

    auto chunks = pool.imap(&printAndReturn, std::views::iota(0, 5), 3);
    for (const char *output : {"<0><1><2>", "<0><1><2>", "<0><1><2>", "<3><4>", "<3><4>"}) {
        QVERIFY(chunks.next().has_value());
        QCOMPARE(chunks.output().output, QByteArray(output));
    }
}

void TestPoolCapture::captureOfImapInAnyOrder()
{
    Pool pool(with(StartMethod::Fork, 3, PoolOutput::Capture, PoolOutput::Lines));
    auto results = pool.imapUnordered(&printAndReturn, std::views::iota(0, 500));
    int count = 0;
    for (const int number : results) {
        QCOMPARE(results.output().output, '<' + QByteArray::number(number) + '>');
        ++count;
    }
    QCOMPARE(count, 500);
}

void TestPoolCapture::captureOfRetries()
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

void TestPoolCapture::captureWithoutStreams()
{
    Pool pool(with(StartMethod::Fork, 1, PoolOutput::Capture, PoolOutput::Capture));
    const AsyncResult<void> result = pool.applyAsync(&becomeSilent);
    result.get(10s);
    QCOMPARE(result.standardOutput(), QByteArray());
    const AsyncResult<void> next = pool.applyAsync(&becomeSilent);
    next.get(10s);
}

void TestPoolCapture::captureOfLostTask()
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

void TestPoolCapture::captureOfCancelledTask()
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

void TestPoolCapture::lastWords()
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

void TestPoolCapture::lastWordsAreTheLast()
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

PROCESSION_TEST_MAIN(TestPoolCapture)
#include "tst_poolcapture.moc"
