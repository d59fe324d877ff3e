// SPDX-License-Identifier: MIT
// How programs end that have not put everything away: by std::exit(), and with pools that nobody destroys.
#include "processtest.h"
#include "programrole.h"
#include "sanitizers.h"

#include <procession/pool/threadpool.h>
#include <procession/process/child/logging.h>
#include <procession/sync/semaphore.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

using namespace procession;
using namespace std::chrono_literals;

namespace {

int squared(int x) { return x * x; }

void workForEver(const Semaphore &begun)
{
    begun.release();
    std::this_thread::sleep_for(1h);
}

/// Nobody deletes it.
void keep(Pool *pool)
{
    static_cast<void>(pool);
    leakOnPurpose();
}

int leakIdlePool(const char *)
{
    auto *pool = new Pool(2);
    keep(pool);
    return pool->map(&squared, QList{1, 2, 3}).back() == 9 ? 3 : 1;
}

/// Its workers have tasks, and more tasks wait.
int leakBusyPool(const char *)
{
    auto *pool = new Pool(2);
    keep(pool);
    const Semaphore begun(0);
    for (int i = 0; i < 5; ++i)
        pool->applyAsync(&workForEver, begun);
    begun.acquire();
    begun.acquire();
    return 3;
}

int exitWithIdlePool(const char *)
{
    Pool pool(2);
    pool.map(&squared, QList{1, 2, 3});
    std::exit(3);
}

int exitWithIdleThreads(const char *)
{
    ThreadPool pool(2);
    pool.map(&squared, QList{1, 2, 3});
    std::exit(3);
}

int exitWithBusyThreads(const char *)
{
    ThreadPool pool(2);
    const Semaphore begun(0);
    for (int i = 0; i < 5; ++i)
        pool.applyAsync(&workForEver, begun);
    begun.acquire();
    begun.acquire();
    std::exit(3);
}

int exitWithPausedThreads(const char *)
{
    ThreadPool pool(2);
    pool.map(&squared, QList{1, 2, 3});
    pool.pause();
    pool.mapAsync(&squared, QList{1, 2, 3});
    std::exit(3);
}

/// Its destructor runs while the program ends, before the children are seen off.
int haveStaticThreads(const char *)
{
    static ThreadPool pool(2);
    return pool.map(&squared, QList{1, 2, 3}).back() == 9 ? 3 : 1;
}

/// A task in a thread may start processes, which then are that thread's children.
int startInThread(const char *)
{
    auto *pool = new ThreadPool(1);
    keep(pool);
    const auto startChild = [] {
        Process process(&squared, 3);
        process.start();
        process.join();
        return process.exitCode().value_or(-1);
    };
    return pool->apply(startChild) == 0 ? 3 : 1;
}

int logThenStart(const char *)
{
    qInfo("a word");
    Process process(&squared, 3);
    process.start();
    process.join();
    return 3;
}

int startThenLog(const char *)
{
    Process process(&squared, 3);
    process.start();
    process.join();
    qInfo("a word");
    return 3;
}

/// The child that logs ends by std::exit().
int logInChild(const char *)
{
    const auto sayAndLeave = [] {
        qInfo("a word");
        std::exit(3);
    };
    Process process(sayAndLeave);
    process.start();
    process.join();
    return process.exitCode().value_or(1);
}

/// The pool is destroyed, which writes out what its workers have said.
int logInPool(const char *)
{
    Pool pool(1);
    pool.apply([] { qInfo("a word"); });
    return 3;
}

constexpr std::array Roles{ProgramRole{"--leak-idle-pool", leakIdlePool}, ProgramRole{"--leak-busy-pool", leakBusyPool},
    ProgramRole{"--exit-with-idle-pool", exitWithIdlePool}, ProgramRole{"--exit-with-idle-threads", exitWithIdleThreads},
    ProgramRole{"--exit-with-busy-threads", exitWithBusyThreads},
    ProgramRole{"--exit-with-paused-threads", exitWithPausedThreads}, ProgramRole{"--have-static-threads", haveStaticThreads},
    ProgramRole{"--start-in-thread", startInThread}, ProgramRole{"--log-then-start", logThenStart},
    ProgramRole{"--start-then-log", startThenLog}, ProgramRole{"--log-in-child", logInChild},
    ProgramRole{"--log-in-pool", logInPool}};

} // namespace

class TestProgramEnd : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsByItself_data();
    void endsByItself();
};

void TestProgramEnd::endsByItself_data()
{
    QTest::addColumn<QByteArray>("role");
    QTest::addColumn<StartMethod>("method");
    QTest::addColumn<QByteArray>("said");
    for (const ProgramRole &role : Roles) {
        const bool logs = QByteArray(role.name).contains("log");
        for (const StartMethod method : allStartMethods()) {
            if (role.main == logInChild && method == StartMethod::Thread)
                continue; // std::exit() in a thread is the program's
            QTest::addRow("%s, %s", role.name, qPrintable(nameOf(method)))
                << QByteArray(role.name) << method << QByteArray(logs ? "a word\n" : "");
        }
    }
}

// Nothing hangs, and nothing is said that the program has not said: the levels of what the library logs hold to the end.
void TestProgramEnd::endsByItself()
{
    QFETCH(QByteArray, role);
    QFETCH(StartMethod, method);
    QFETCH(QByteArray, said);
    const ProgramResult result = runRole(role.constData(), method);
    QCOMPARE(result.err, said);
    QCOMPARE(result.status, 3);
    QCOMPARE(result.out, QByteArray());
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);
    return runRoleOrTest<TestProgramEnd>(argc, argv, Roles);
}
#include "tst_programend.moc"
