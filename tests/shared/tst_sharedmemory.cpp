// SPDX-License-Identifier: MIT
#include "processtest.h"

#include <arenaprobe.h>

#include <procession/ipc/pipe.h>
#include <procession/ipc/wire/errors.h>
#include <procession/shared/data/valueerror.h>
#include <procession/shared/sharedmemory.h>

#include <limits>
#include <random>

using namespace procession;

namespace {

constexpr qint64 Much = 100'000'000;
const QString Name = QStringLiteral("tabelle ä");

static_assert(Encodable<SharedMemory>);

void writeLast(const SharedMemory &memory) { memory.span().back() = std::byte(7); }

void attachAndWrite(const QString &name)
{
    const SharedMemory memory = SharedMemory::attach(name);
    memory.spanOf<int>()[1] = 42;
}

void returnMuch(const Connection &connection)
{
    const SharedMemory result(Much);
    for (const std::size_t at : {std::size_t(0), std::size_t(Much / 2), std::size_t(Much - 1)})
        result.data()[at] = std::byte(at % 251 + 1);
    connection.send(result);
}

void makeAndWait(const Connection &connection)
{
    const SharedMemory named(Name, 1 << 20);
    connection.send(true);
    connection.recv<bool>();
}

/// Gives and finds names as fast as it can.
void contend(const SharedMemory &counts, int rounds)
{
    for (int i = 0; i < rounds; ++i) {
        try {
            const SharedMemory mine(QStringLiteral("contended"), 8);
            std::atomic_ref(counts.spanOf<int>()[0]).fetch_add(1);
            // Nobody else has made one of that name while this one lasts.
            if (std::atomic_ref(counts.spanOf<int>()[1]).fetch_add(1) != 0)
                std::atomic_ref(counts.spanOf<int>()[2]).fetch_add(1);
            std::atomic_ref(counts.spanOf<int>()[1]).fetch_sub(1);
        } catch (const SharedMemoryExists &) {
        }
        try {
            const SharedMemory found = SharedMemory::attach(QStringLiteral("contended"));
            std::atomic_ref(found.spanOf<int>()[0]).store(1);
        } catch (const SharedMemoryNotFound &) {
        }
    }
}

} // namespace

class TestSharedMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bytes();
    void refusesSizes();
    void names();
    void unlinks();
    void closes();
    void isSharedWithAChild_data() { addStartMethods(); }
    void isSharedWithAChild();
    void returnsMuchWithoutACopy_data() { addStartMethods(); }
    void returnsMuchWithoutACopy();
    void nameOfAKilledProcess_data() { addStartMethods(false); }
    void nameOfAKilledProcess();
    void contendedName_data() { addStartMethods(); }
    void contendedName();
    void contendersAreKilled_data() { addStartMethods(false); }
    void contendersAreKilled();
};

void TestSharedMemory::bytes()
{
    const SharedMemory memory(10);
    QCOMPARE(memory.size(), std::size_t(10));
    QCOMPARE(memory.bytes(), QByteArray(10, '\0'));
    memory.data()[9] = std::byte('x');
    QCOMPARE(memory.bytes(), QByteArray(9, '\0') + 'x');
    QCOMPARE(memory.bytes(3), QByteArray(3, '\0'));
    QCOMPARE(memory.bytes(100).size(), 10);
    QCOMPARE(memory.spanOf<int>().size(), std::size_t(2));
    memory.spanOf<int>()[1] = -1;
    QCOMPARE(memory.span()[4], std::byte(255));
    QVERIFY(memory.name().isEmpty());
}

void TestSharedMemory::refusesSizes()
{
    const ArenaProbe probe;
    for (const qint64 size : {0, -1})
        QVERIFY_THROWS_EXCEPTION(ValueError, SharedMemory{size});
    VERIFY_CONTAINS(errorOf([] { SharedMemory memory(0); }), "0 bytes");
    // More than can be addressed, than the arena has, and than this machine is likely to have.
    for (const qint64 size : {std::numeric_limits<qint64>::max(), qint64(1) << 46, qint64(200) << 30}) {
        QVERIFY_THROWS_EXCEPTION(SharedMemoryError, SharedMemory{size});
        VERIFY_CONTAINS(errorOf([&] { SharedMemory memory(size); }), std::to_string(size) + " bytes");
    }
    QCOMPARE(probe.growth(), QByteArray());
}

void TestSharedMemory::names()
{
    const ArenaProbe probe;
    {
        const SharedMemory memory(Name, 100);
        QCOMPARE(memory.name(), Name);
        const SharedMemory same = SharedMemory::attach(Name);
        QVERIFY(same == memory);
        QVERIFY_THROWS_EXCEPTION(SharedMemoryExists, SharedMemory(Name, 10));
        VERIFY_CONTAINS(errorOf([] { SharedMemory(Name, 10); }), "attach to it");
        QVERIFY_THROWS_EXCEPTION(SharedMemoryNotFound, SharedMemory::attach(QStringLiteral("other")));
        QVERIFY_THROWS_EXCEPTION(SharedMemoryNotFound, SharedMemory::attach(QString()));
        QVERIFY_THROWS_EXCEPTION(ValueError, SharedMemory(QString(), 10));
        QVERIFY_THROWS_EXCEPTION(ValueError, SharedMemory(QString(65, u'x'), 10));
        QVERIFY_THROWS_EXCEPTION(ValueError, SharedMemory(QStringLiteral("new"), 0));
        QCOMPARE(SharedMemory(QString(64, u'x'), 10).name(), QString(64, u'x'));
    }
    QVERIFY_THROWS_EXCEPTION(SharedMemoryNotFound, SharedMemory::attach(Name));
    QCOMPARE(SharedMemory(Name, 5).size(), std::size_t(5));
    QCOMPARE(probe.growth(), QByteArray());
}

void TestSharedMemory::unlinks()
{
    const SharedMemory memory(Name, 100);
    memory.unlink();
    QVERIFY_THROWS_EXCEPTION(SharedMemoryNotFound, SharedMemory::attach(Name));
    QVERIFY_THROWS_EXCEPTION(SharedMemoryNotFound, memory.unlink());
    memory.data()[0] = std::byte(1); // still there
    const SharedMemory another(Name, 10);
    QVERIFY(SharedMemory::attach(Name) == another);
    QVERIFY_THROWS_EXCEPTION(SharedMemoryNotFound, SharedMemory(10).unlink());
}

void TestSharedMemory::closes()
{
    const ArenaProbe probe;
    SharedMemory memory(Name, 100'000);
    SharedMemory another = memory;
    memory.close();
    QVERIFY(memory.isNull());
    VERIFY_CONTAINS(errorOf([&] { memory.data(); }), "null");
    memory.close(); // again
    QVERIFY(SharedMemory::attach(Name) == another);
    another.close();
    QCOMPARE(probe.growth(), QByteArray());
}

void TestSharedMemory::isSharedWithAChild()
{
    QFETCH(StartMethod, method);
    const ArenaProbe probe;
    {
        const SharedMemory memory(Name, 5000);
        Process byHandle = context(method).process(&writeLast, memory);
        Process byName = context(method).process(&attachAndWrite, Name);
        byHandle.start();
        byName.start();
        QVERIFY(byHandle.join());
        QVERIFY(byName.join());
        QCOMPARE(byName.exitCode(), 0);
        QCOMPARE(memory.span().back(), std::byte(7));
        QCOMPARE(memory.spanOf<int>()[1], 42);
    }
    QCOMPARE(probe.growth(), QByteArray());
}

void TestSharedMemory::returnsMuchWithoutACopy()
{
    QFETCH(StartMethod, method);
    const ArenaProbe probe;
    {
        auto [ours, childs] = pipe();
        Process process = context(method).process(&returnMuch, childs);
        process.start();
        QVERIFY(process.join()); // the message keeps the memory
        const auto result = ours.recv<SharedMemory>();
        QCOMPARE(result.size(), std::size_t(Much));
        for (const std::size_t at : {std::size_t(0), std::size_t(Much / 2), std::size_t(Much - 1)})
            QCOMPARE(result.data()[at], std::byte(at % 251 + 1));
        QCOMPARE(result.data()[1], std::byte(0));
    }
    QCOMPARE(probe.growth(), QByteArray());
}

void TestSharedMemory::nameOfAKilledProcess()
{
    QFETCH(StartMethod, method);
    auto [ours, childs] = pipe();
    Process process = context(method).process(&makeAndWait, childs);
    process.start();
    QVERIFY(ours.poll(QDeadlineTimer(20'000)) && ours.recv<bool>());
    QVERIFY_THROWS_EXCEPTION(SharedMemoryExists, SharedMemory(Name, 10));
    const auto use = ArenaProbe::use();
    process.kill();
    QVERIFY(process.join());
    QVERIFY_THROWS_EXCEPTION(SharedMemoryNotFound, SharedMemory::attach(Name));
    QCOMPARE(ArenaProbe::use().bytes, use.bytes - (1 << 20));
    const SharedMemory again(Name, 10);
    QVERIFY(SharedMemory::attach(Name) == again);
}

void TestSharedMemory::contendedName()
{
    QFETCH(StartMethod, method);
    const ArenaProbe probe;
    {
        const SharedMemory counts(3 * sizeof(int));
        std::vector<std::unique_ptr<Process>> processes;
        for (int i = 0; i < 4; ++i) {
            ProcessOptions options;
            options.context = context(method);
            processes.push_back(std::make_unique<Process>(options, &contend, counts, 2000));
            processes.back()->start();
        }
        for (const auto &process : processes) {
            QVERIFY(process->join());
            QCOMPARE(process->exitCode(), 0);
        }
        QVERIFY(counts.spanOf<int>()[0] > 0);
        QCOMPARE(counts.spanOf<int>()[2], 0);
    }
    QCOMPARE(probe.growth(), QByteArray());
}

void TestSharedMemory::contendersAreKilled()
{
    QFETCH(StartMethod, method);
    constexpr int Kills = 30;
    std::mt19937 random(7);
    const ArenaProbe probe;
    {
        const SharedMemory counts(3 * sizeof(int));
        std::atomic_ref made(counts.spanOf<int>()[0]);
        std::vector<std::unique_ptr<Process>> processes;
        const auto startOne = [&] {
            ProcessOptions options;
            options.context = context(method);
            processes.push_back(std::make_unique<Process>(options, &contend, counts, std::numeric_limits<int>::max()));
            processes.back()->start();
        };
        startOne();
        for (int i = 0; i < Kills; ++i) {
            startOne();
            const int enough = made.load() + static_cast<int>(random() % 500);
            QTRY_VERIFY_WITH_TIMEOUT(made.load() > enough, 20'000); // all go on after each death
            processes.front()->kill();
            QVERIFY(processes.front()->join());
            processes.erase(processes.begin());
            // The one that is left has come to its work: one that is killed before it takes its handles out of the message leaves them there.
            const int before = made.load();
            QTRY_VERIFY_WITH_TIMEOUT(made.load() > before, 20'000);
        }
        processes.front()->kill();
        QVERIFY(processes.front()->join());
    }
    QCOMPARE(SharedMemory(QStringLiteral("contended"), 10).size(), std::size_t(10));
    QCOMPARE(probe.growth(), QByteArray());
}

PROCESSION_TEST_MAIN(TestSharedMemory)
#include "tst_sharedmemory.moc"
