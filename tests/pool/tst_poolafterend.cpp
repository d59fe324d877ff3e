// SPDX-License-Identifier: MIT
#include "pooltest.h"
#include "sanitizers.h"

#include <procession/pool/pool.h>

#include <csignal>
#include <cstdlib>
#include <ranges>
#include <semaphore>
#include <sys/wait.h>
#include <unistd.h>

using namespace procession;
using namespace std::chrono_literals;

namespace {

int square(int x) { return x * x; }

/// Exits, and aborts where an exception comes out of that: the copy would go on as the test otherwise.
void exitCopy(int code) noexcept
{
    std::signal(SIGABRT, SIG_DFL);
    leakOnPurpose();
    void (*const volatile leave)(int) = &std::exit; // the compiler takes std::exit() itself for a function that cannot throw
    leave(code);
}

} // namespace

/// What is asked of a pool that is over, ends in one of its own callbacks, or was copied with the program.
class TestPoolAfterEnd : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void iteratorAfterTermination_data() { addStartMethods(); }
    void iteratorAfterTermination();
    void destroyedInItsCallback_data() { addStartMethods(); }
    void destroyedInItsCallback();
    void longestTimeout_data() { addStartMethods(); }
    void longestTimeout();
    void exitOfACopy_data() { addStartMethods(); }
    void exitOfACopy();
    void processesOfACopy();
};

/// What it reads from then on fails at once: nobody is left who would call the function.
void TestPoolAfterEnd::iteratorAfterTermination()
{
    QFETCH(StartMethod, method);
    Pool pool({.processes = 2, .context = Context(method), .lookAhead = 1});
    auto results = pool.imap(&square, std::views::iota(0));
    QCOMPARE(results.next(), std::optional(0));
    pool.terminate();
    QVERIFY(pool.join(QDeadlineTimer(30s)));
    int failures = 0;
    for (int i = 0; i < 10; ++i) {
        try {
            results.next(QDeadlineTimer(30s));
        } catch (const PoolError &error) {
            VERIFY_CONTAINS(std::string(error.what()), "was terminated");
            ++failures;
        }
    }
    QVERIFY(failures >= 8); // what had been done before may come first
}

void TestPoolAfterEnd::destroyedInItsCallback()
{
    QFETCH(StartMethod, method);
    std::counting_semaphore<> called(0);
    auto pool = std::make_shared<Pool>(PoolOptions{.processes = 1, .context = Context(method)});
    pool->applyAsync(&square, 3).onResult([pool, &called](int) mutable {
        pool.reset();
        called.release();
    });
    pool.reset();
    QVERIFY(called.try_acquire_for(30s));
}

void TestPoolAfterEnd::longestTimeout()
{
    QFETCH(StartMethod, method);
    Pool pool({.processes = 2, .context = Context(method), .taskTimeout = std::chrono::milliseconds::max()});
    const Queue<int> begun;
    const Event gate;
    const auto result = pool.applyAsync(&tellAndWait, begun, gate, 5);
    begun.get();
    QCOMPARE(pool.map(&square, std::vector{1, 2, 3}), (std::vector{1, 4, 9})); // the pool looks at the times meanwhile
    gate.set();
    QCOMPARE(result.get(Patience), 5);
}

/// The children are the original's, which goes on with them.
void TestPoolAfterEnd::exitOfACopy()
{
    QFETCH(StartMethod, method);
    Pool pool({.processes = 1, .context = Context(method)});
    QCOMPARE(pool.apply(&square, 2), 4);
    const pid_t copy = ::fork();
    if (copy == 0)
        exitCopy(7);
    int status = 0;
    QCOMPARE(::waitpid(copy, &status, 0), copy);
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 7);
    QCOMPARE(pool.apply(&square, 3), 9);
}

/// A copy of the program asks a fork server of its own: children of the original's would be strangers to it.
void TestPoolAfterEnd::processesOfACopy()
{
    const Context context(StartMethod::ForkServer);
    auto first = context.process(&square, 1);
    first.start();
    QVERIFY(first.join());
    const pid_t copy = ::fork();
    if (copy == 0) {
        auto process = Context(StartMethod::ForkServer).process([](int code) { std::exit(code); }, 3);
        process.start();
        ::_exit(process.join(QDeadlineTimer(30s)) && process.exitCode() == 3 ? 0 : 1);
    }
    int status = 0;
    QCOMPARE(::waitpid(copy, &status, 0), copy);
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 0);
}

PROCESSION_TEST_MAIN(TestPoolAfterEnd)

#include "tst_poolafterend.moc"
