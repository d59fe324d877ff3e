// SPDX-License-Identifier: MIT
// What CPython's _TestSharedMemory and TestResourceTracker check.
#include "startmethodsuite.h"

#include <arenaprobe.h>
#include <testmain.h>

#include <procession/shared/data/indexerror.h>
#include <procession/shared/shareablelist.h>
#include <procession/shared/sharedmemory.h>

#include <QtTest/QtTest>

using namespace mp;

namespace {

const QString Name = QStringLiteral("test01");

void put(const SharedMemory &memory, const QByteArray &bytes)
{
    std::ranges::copy(std::as_bytes(std::span(bytes.data(), static_cast<std::size_t>(bytes.size()))), memory.data());
}

void attachThenPut(const QString &name, const QByteArray &bytes) { put(SharedMemory::attach(name), bytes); }

void makeThenWait(const QString &name, const Connection &connection)
{
    const SharedMemory memory(name, 100'000);
    connection.send(1);
    waitForWord(connection);
}

/// What a receiver in another process would have of it.
template <typename T>
T throughPipe(const T &value)
{
    const auto [reader, writer] = pipe();
    writer.send(value);
    return reader.recv<T>();
}

} // namespace

class TestSharedMemoryConformance : public StartMethodSuite
{
    Q_OBJECT

private Q_SLOTS:
    void basics();
    void invalidCreation();
    void transfer();
    void transferOfADeadObject();
    void acrossProcesses();
    void cleanedAfterTermination();
    void listBasics();
    void listTransfer();
    void listTransferOfADeadObject();
};

void TestSharedMemoryConformance::basics()
{
    SharedMemory memory(Name, 512);
    QCOMPARE(memory.name(), Name);
    QCOMPARE(memory.size(), std::size_t(512));
    QCOMPARE(memory.span().size(), memory.size());
    memory.data()[0] = std::byte(42);
    SharedMemory same = SharedMemory::attach(Name);
    QCOMPARE(same.data()[0], std::byte(42));
    same.close();
    QVERIFY_THROWS_EXCEPTION(SharedMemoryExists, SharedMemory(Name, 512));
    const SharedMemory second = SharedMemory::attach(Name);
    second.unlink();
    QVERIFY_THROWS_EXCEPTION(SharedMemoryNotFound, memory.unlink());
    QVERIFY_THROWS_EXCEPTION(SharedMemoryNotFound, SharedMemory::attach(Name));
    memory.close();
    memory.close(); // again
}

void TestSharedMemoryConformance::invalidCreation()
{
    QVERIFY_THROWS_EXCEPTION(ValueError, SharedMemory(-1));
    QVERIFY_THROWS_EXCEPTION(ValueError, SharedMemory(0));
    QVERIFY_THROWS_EXCEPTION(ValueError, SharedMemory(QString(), 10));
    QVERIFY_THROWS_EXCEPTION(ValueError, SharedMemory(QString(1000, u'x'), 10));
}

void TestSharedMemoryConformance::transfer()
{
    const SharedMemory memory(512);
    put(memory, "pickle");
    const SharedMemory same = throughPipe(memory);
    QVERIFY(same == memory);
    QCOMPARE(same.bytes(6), QByteArray("pickle"));
    put(memory, "newval");
    QCOMPARE(same.bytes(6), QByteArray("newval"));
    put(same, "oldval");
    QCOMPARE(memory.bytes(6), QByteArray("oldval"));
}

void TestSharedMemoryConformance::transferOfADeadObject()
{
    const ArenaProbe probe;
    {
        const auto [reader, writer] = pipe();
        {
            const SharedMemory memory(512);
            put(memory, "pickle");
            writer.send(memory);
        }
        QCOMPARE(reader.recv<SharedMemory>().bytes(6), QByteArray("pickle")); // the message kept it
    }
    QCOMPARE(probe.growth(), QByteArray());
}

void TestSharedMemoryConformance::acrossProcesses()
{
    const SharedMemory memory(Name, 512);
    Process byName(&attachThenPut, Name, QByteArray("howdy"));
    byName.start();
    QVERIFY(byName.join(QDeadlineTimer(LongTime)));
    QCOMPARE(memory.bytes(5), QByteArray("howdy"));
    Process byHandle(&put, memory, QByteArray("HELLO"));
    byHandle.start();
    QVERIFY(byHandle.join(QDeadlineTimer(LongTime)));
    QCOMPARE(memory.bytes(5), QByteArray("HELLO"));
}

void TestSharedMemoryConformance::cleanedAfterTermination()
{
    SKIP_THREAD("a thread cannot be killed");
    const ArenaProbe probe;
    {
        const auto [ours, childs] = pipe();
        Process process(&makeThenWait, Name, childs);
        process.start();
        recvSoon<int>(ours);
        QCOMPARE(SharedMemory::attach(Name).size(), std::size_t(100'000));
        process.kill();
        QVERIFY(process.join(QDeadlineTimer(LongTime)));
    }
    QVERIFY_THROWS_EXCEPTION(SharedMemoryNotFound, SharedMemory::attach(Name));
    QCOMPARE(probe.growth(), QByteArray());
}

void TestSharedMemoryConformance::listBasics()
{
    const QVariantList items{QStringLiteral("howdy"), QByteArray("HoWdY"), -273.154, 100, QVariant(), true, 42};
    const ShareableList list(items);
    QVERIFY_THROWS_EXCEPTION(IndexError, list.at(7));
    QVERIFY_THROWS_EXCEPTION(IndexError, list.set(7, 2));
    const QByteArray before = list.format(0);
    list.set(0, QStringLiteral("howdy"));
    QCOMPARE(list.format(0), before);
    QCOMPARE(list.format(), QByteArray("8s8sdqxxxxxx?xxxxxxxx?q"));
    QCOMPARE(list.size(), 7);
    QVERIFY_THROWS_EXCEPTION(ValueError, list.index(QStringLiteral("100")));
    QCOMPARE(list.index(100), 3);
    QCOMPARE(list[0], QVariant(QStringLiteral("howdy")));
    QCOMPARE(list[-2], QVariant(true));
    QCOMPARE(QVariantList(list.begin(), list.end()), items);
    list.set(3, 42);
    list.set(4, QStringLiteral("some"));
    QCOMPARE(list[4], QVariant(QStringLiteral("some")));
    QCOMPARE(list.format(), QByteArray("8s8sdq8sxxxxxxx?q"));
    QVERIFY_THROWS_EXCEPTION(ValueError, list.set(4, QStringLiteral("far too many")));
    QCOMPARE(list[4], QVariant(QStringLiteral("some")));
    list.set(0, QStringLiteral("encodés")); // exactly 8 bytes
    QCOMPARE(list[1], QVariant(QByteArray("HoWdY")));
    QVERIFY_THROWS_EXCEPTION(ValueError, list.set(0, QStringLiteral("encodées")));
    QVERIFY_THROWS_EXCEPTION(ValueError, list.set(1, QByteArray("123456789")));
    QCOMPARE(list.count(42), 2);
    QCOMPARE(list.count(QByteArray("HoWdY")), 1);
    QCOMPARE(list.count(QByteArray("adios")), 0);
    const ShareableList duplicate = copy(list);
    QCOMPARE(duplicate.toList(), list.toList());
    QCOMPARE(duplicate.format(), list.format());
    duplicate.set(-1, 77);
    QCOMPARE(list[-1], QVariant(42LL));
    const ShareableList empty;
    QVERIFY(empty.isEmpty());
    QCOMPARE(empty.format(), QByteArray());
    QCOMPARE(empty.count(QStringLiteral("any")), 0);
    QVERIFY_THROWS_EXCEPTION(ValueError, empty.index(QVariant()));
}

void TestSharedMemoryConformance::listTransfer()
{
    QVariantList numbers;
    for (int i = 0; i < 10; ++i)
        numbers.append(i);
    const ShareableList list(numbers);
    const ShareableList same = throughPipe(list);
    QVERIFY(same == list);
    QCOMPARE(same[-1], QVariant(9LL));
    same.set(4, QStringLiteral("changed"));
    QCOMPARE(list[4], QVariant(QStringLiteral("changed")));
    list.set(3, QStringLiteral("newvalue"));
    QCOMPARE(same[3], QVariant(QStringLiteral("newvalue")));
    Encoder encoder;
    encoder << list;
    const auto size = encoder.written();
    Message message = encoder.take();
    Decoder(message).read<ShareableList>();
    const ShareableList larger(QVariantList(400, 1));
    encoder << larger;
    QCOMPARE(encoder.written(), size);
    message = encoder.take();
    Decoder(message).read<ShareableList>();
}

void TestSharedMemoryConformance::listTransferOfADeadObject()
{
    const auto [reader, writer] = pipe();
    writer.send(ShareableList({1, 2, 3}));
    QCOMPARE(reader.recv<ShareableList>()[-1], QVariant(3LL));
}

PROCESSION_TEST_MAIN(TestSharedMemoryConformance)
#include "tst_sharedmemoryconformance.moc"
