// SPDX-License-Identifier: MIT
// Copies of a process whose other threads are at what is done once, or hold the C library's lock on what is called at exit.
#include "exitlocker.h"
#include "pipedprogram.h"
#include "processtest.h"
#include "sanitizers.h"

#include <procession/ipc/exceptions/exceptionregistry.h>
#include <procession/platform/thread/codeaddress.h>
#include <procession/platform/thread/symbolname.h>
#include <procession/pool/pool.h>

#include <cstring>
#include <latch>
#include <stdexcept>
#include <thread>
#include <typeinfo>

using namespace procession;
using namespace std::chrono_literals;

namespace {

constexpr int Threads = 50;
constexpr int Programs = 20; // of that many threads each: a thousand children
constexpr int Children = 1'000;
constexpr int Pools = 50;

void nothing() { }
int doubled(int x) { return 2 * x; }

/// One after the other, until one hangs.
int startMany(void (*function)())
{
    for (int i = 0; i < Children; ++i) {
        Process process({.context = Context(StartMethod::Fork), .whenDestroyed = WhenDestroyed::Kill}, function);
        process.start();
        process.join(20s);
        if (process.exitCode() != 0)
            return 1;
    }
    return 0;
}

/// Each thread starts the first process that it ever started, while another has the exit lock most of the time.
int startFirstOnes()
{
    const ExitLocker locker;
    std::latch start(Threads);
    std::atomic<int> failures = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < Threads; ++i) {
        threads.emplace_back([&] {
            Process process({.context = Context(StartMethod::Fork)}, &nothing);
            start.arrive_and_wait();
            process.start();
            process.join();
            failures += process.exitCode() != 0;
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    return failures;
}

void useTables()
{
    symbolName(reinterpret_cast<const void *>(&nothing));
    CodeAddress::of(reinterpret_cast<const void *>(&nothing));
    detail::findExceptionType(typeid(std::runtime_error));
}

int startManyBesideAUserOfTables()
{
    std::atomic<bool> isToEnd = false;
    std::thread user([&] {
        while (!isToEnd)
            useTables();
    });
    const int failures = startMany(&useTables);
    isToEnd = true;
    user.join();
    return failures;
}

int startManyBesideAnExitLocker()
{
    const ExitLocker locker;
    return startMany(&nothing);
}

int makePoolsBesideAnExitLocker()
{
    const ExitLocker locker;
    for (int i = 0; i < Pools; ++i) {
        Pool pool({.processes = 2, .context = Context(StartMethod::Fork)});
        auto result = pool.mapAsync(&doubled, std::vector<int>{1, 2, 3});
        if (!result.wait(20s))
            return 1;
    }
    return 0;
}

} // namespace

class TestForkFirst : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstOfManyThreads();
    void besideAnExitLocker_data();
    void besideAnExitLocker();
    void besideAUserOfTables();
};

void TestForkFirst::firstOfManyThreads()
{
    SKIP_UNDER_SANITIZERS("copies of a process that has threads are no good under them");
    for (int i = 0; i < Programs; ++i) {
        PipedProgram program({"--first"});
        QVERIFY2(program.isGone(), qPrintable(QStringLiteral("program %1 of %2 hangs").arg(i).arg(Programs)));
        QCOMPARE(program.status(), ExitStatus::exited(0));
    }
}

void TestForkFirst::besideAnExitLocker_data()
{
    QTest::addColumn<QByteArray>("argument");
    QTest::newRow("processes") << QByteArray("--beside");
    QTest::newRow("pools") << QByteArray("--pools");
}

void TestForkFirst::besideAnExitLocker()
{
    SKIP_UNDER_SANITIZERS("copies of a process that has threads are no good under them");
    QFETCH(const QByteArray, argument);
    PipedProgram program({argument});
    QVERIFY(program.isGone());
    QCOMPARE(program.status(), ExitStatus::exited(0));
}

void TestForkFirst::besideAUserOfTables()
{
    SKIP_UNDER_SANITIZERS("copies of a process that has threads are no good under them");
    PipedProgram program({"--tables"});
    QVERIFY(program.isGone());
    QCOMPARE(program.status(), ExitStatus::exited(0));
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);
    if (argc == 2 && std::strcmp(argv[1], "--first") == 0)
        return startFirstOnes();
    if (argc == 2 && std::strcmp(argv[1], "--beside") == 0)
        return startManyBesideAnExitLocker();
    if (argc == 2 && std::strcmp(argv[1], "--pools") == 0)
        return makePoolsBesideAnExitLocker();
    if (argc == 2 && std::strcmp(argv[1], "--tables") == 0)
        return startManyBesideAUserOfTables();
    const QCoreApplication application(argc, argv);
    TestForkFirst test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_forkfirst.moc"
