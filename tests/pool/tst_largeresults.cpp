// SPDX-License-Identifier: MIT
#include "pooltest.h"

#include <procession/platform/system/processstatus.h>
#include <procession/pool/tasks/resultbuffers.h>

#include <sys/mman.h>
#include <unistd.h>

using namespace procession;

namespace {

constexpr qsizetype Size = 8 << 20; // bytes, from which on a result is announced

template <typename Row>
Row rowOf(qsizetype bytes)
{
    using Element = std::ranges::range_value_t<Row>;
    Row row;
    row.resize(static_cast<typename Row::size_type>(bytes) / sizeof(Element));
    for (std::size_t i = 0; i < std::size_t(row.size()); ++i)
        *(row.begin() + static_cast<std::ptrdiff_t>(i)) = Element(static_cast<ushort>(i % 127));
    return row;
}

QByteArray bytes(qsizetype size) { return rowOf<QByteArray>(size); }
QString text(qsizetype size) { return rowOf<QString>(size); }
std::vector<double> numbers(qsizetype size) { return rowOf<std::vector<double>>(size); }

/// Whoever copies it dies.
QByteArray deadly()
{
    void *nothing = ::mmap(nullptr, Size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return QByteArray::fromRawData(static_cast<const char *>(nothing), Size);
}

quint64 reportsOf(const Pool &pool)
{
    const Snapshot snapshot = Monitor().snapshot();
    for (const MonitoredObject &object : snapshot.objects) {
        if (object.name == pool.name() + QStringLiteral(" reports"))
            return std::get<QueueDetails>(object.details).put;
    }
    return 0;
}

/// A row as it comes from a worker.
QByteArray encoded(const QByteArray &row)
{
    Encoder encoder;
    encoder << row;
    return encoder.take().bytes;
}

} // namespace

class TestLargeResults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void arrive_data() { addStartMethods(); }
    void arrive();
    void areAnnounced();
    void workerDiesSendingOne_data() { addStartMethods(false); }
    void workerDiesSendingOne();
    void announcements_data();
    void announcements();
    void tooMany();
};

void TestLargeResults::arrive()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method));
    for (const qsizetype size : {Size, qsizetype(0), qsizetype(8), Size / 2, 2 * Size}) {
        QCOMPARE(pool.apply(&bytes, size), bytes(size));
        QCOMPARE(pool.apply(&text, size), text(size));
        QCOMPARE(pool.apply(&numbers, size), numbers(size));
    }
    const std::vector<qsizetype> sizes{Size, 1000, Size + 1, Size};
    for (const int chunk : {1, 3}) {
        const std::vector<QByteArray> all = pool.map(&bytes, sizes, chunk);
        QVERIFY(std::ranges::equal(all, sizes, {}, {}, &bytes));
    }
}

void TestLargeResults::areAnnounced()
{
    Pool pool({.processes = 1, .name = QStringLiteral("large")});
    pool.apply(&bytes, Size / 8);
    const quint64 before = reportsOf(pool);
    QVERIFY(before > 0);
    pool.apply(&bytes, Size / 8);
    QCOMPARE(reportsOf(pool), before + 1);
    pool.apply(&bytes, Size);
    QCOMPARE(reportsOf(pool), before + 3);
}

/// It has announced the result by then, and has the lock of the queue that it sends it through.
void TestLargeResults::workerDiesSendingOne()
{
    QFETCH(StartMethod, method);
    Pool pool(options(method));
    QVERIFY_THROWS_EXCEPTION(WorkerLost, pool.apply(&deadly));
    QVERIFY_THROWS_EXCEPTION(WorkerLost, pool.apply(TaskOptions{.retry = RetryPolicy{.retries = 1}}, &deadly));
    QCOMPARE(pool.apply(&bytes, Size), bytes(Size));
}

void TestLargeResults::announcements_data()
{
    QTest::addColumn<std::vector<quint64>>("announced");
    using Sizes = std::vector<quint64>;
    const auto size = static_cast<quint64>(Size);
    QTest::newRow("none") << Sizes{};
    QTest::newRow("true") << Sizes{size};
    QTest::newRow("twice") << Sizes{size, size};
    QTest::newRow("too few") << Sizes{size / 2};
    QTest::newRow("too many") << Sizes{2 * size};
    QTest::newRow("nothing") << Sizes{0};
    QTest::newRow("more than there is") << Sizes{quint64(1) << 62, ~quint64(0)};
}

/// Whatever was announced, what has come is right.
void TestLargeResults::announcements()
{
    QFETCH(std::vector<quint64>, announced);
    ResultBuffers<QByteArray> results;
    for (const quint64 size : announced)
        results.expect(5, size);
    const QByteArray row = bytes(Size);
    const QByteArray message = encoded(row) + encoded(row);
    Decoder decoder(message);
    QCOMPARE(results.read(5, decoder), row);
    QCOMPARE(results.read(5, decoder), row);
    decoder.finish();

    for (const quint64 size : announced)
        results.expect(5, size);
    results.forget(5);
    Decoder cut(QByteArrayView(message).first(Size / 2));
    QVERIFY_THROWS_EXCEPTION(DecodeError, results.read(5, cut));
}

/// Those who announce and do not send cannot use up the memory.
void TestLargeResults::tooMany()
{
    constexpr qint64 Large = qint64(1) << 28;
    ResultBuffers<QByteArray> results;
    const qint64 before = privateMemory(::getpid()).value();
    for (quint64 call = 0; call < 64; ++call)
        results.expect(call, Large);
    const qint64 grown = privateMemory(::getpid()).value() - before;
    QVERIFY2(grown < 5 * Large, qPrintable(QString::number(grown)));
}

PROCESSION_TEST_MAIN(TestLargeResults)
#include "tst_largeresults.moc"
