// SPDX-License-Identifier: MIT
#include "children.h"

#include <sanitizers.h>

#include <procession/ipc/wait.h>
#include <procession/queue/queue.h>
#include <procession/sync/barrier.h>
#include <procession/sync/condition.h>
#include <procession/sync/event.h>
#include <procession/sync/lock.h>
#include <procession/sync/semaphore.h>

#include <fstream>

using namespace procession;
using namespace std::chrono_literals;

namespace {

constexpr auto Short = 100ms;

/// Of the kernel's clock, which libfaketime cannot move.
double secondsSinceBoot()
{
    double seconds = 0;
    std::ifstream("/proc/uptime") >> seconds;
    return seconds;
}

/// What waits for `Short` must do so, whatever the clock says.
void demandShort(const char *what, const std::function<void()> &wait)
{
    const double before = secondsSinceBoot();
    wait();
    const double took = secondsSinceBoot() - before;
    demand(took > 0.08, std::string(what) + " did not wait"); // /proc/uptime has hundredths
    demand(took < 10, std::string(what) + " took " + std::to_string(took) + " s");
}

void waitForEver() { Event().wait(); }
int sleeper(int)
{
    waitForEver();
    return 0;
}

void waits()
{
    const Event event;
    demandShort("Event::wait()", [&] { demand(!event.wait(Short), "an event was set"); });
    const Queue<int> queue(1);
    demandShort("Queue::get()", [&] {
        try {
            queue.get(true, Short);
            failScene("a queue had something");
        } catch (const Empty &) {
        }
    });
    queue.put(1);
    demandShort("Queue::put()", [&] {
        try {
            queue.put(1, true, Short);
            failScene("a queue had room");
        } catch (const Full &) {
        }
    });
    const Semaphore semaphore(0);
    demandShort("Semaphore::acquire()", [&] { demand(!semaphore.acquire(true, Short), "a semaphore was free"); });
    const Condition condition;
    demandShort("Condition::wait()", [&] {
        const std::scoped_lock guard(condition);
        demand(!condition.wait(Short), "a condition was notified");
    });
    const Barrier barrier(2);
    demandShort("Barrier::wait()", [&] {
        try {
            barrier.wait(Short);
            failScene("a barrier of two was passed by one");
        } catch (const BrokenBarrier &) {
        }
    });
    const auto [ours, theirs] = pipe();
    demandShort("Connection::poll()", [&, &end = ours] { demand(!end.poll(Short), "a message came"); });
    demandShort("wait()", [&, &end = ours] { demand(wait({end}, Short).empty(), "a message came"); });
}

void process()
{
    Process sleeping(&waitForEver);
    sleeping.start();
    demandShort("Process::join()", [&] { demand(!sleeping.join(Short), "a process ended by itself"); });
    if (chosenStartMethod() == StartMethod::Thread)
        std::_Exit(0); // nothing ends the thread
    sleeping.kill();
    demand(sleeping.join(Patience), "a process cannot be killed");
}

int squared(int x) { return x * x; }

void pool()
{
    const bool hasThreads = chosenStartMethod() == StartMethod::Thread;
    Pool pool(2);
    demand(pool.map(squared, std::vector{1, 2, 3}) == std::vector{1, 4, 9}, "a pool calculated wrongly");
    demandShort("the time-out of a task", [&] {
        try {
            pool.apply(TaskOptions{.timeout = Short}, &sleeper, 1);
            failScene("a task returned by itself");
        } catch (const TaskTimeout &) {
        }
    });
    const auto result = pool.applyAsync(&sleeper, 1);
    demandShort("AsyncResult::wait()", [&] { demand(!result.wait(Short), "a task returned by itself"); });
    pool.close();
    demandShort("Pool::join()", [&] { demand(!pool.join(Short), "a pool ended by itself"); });
    if (hasThreads)
        std::_Exit(0);
    pool.terminate();
    demand(pool.join(Patience), "a pool cannot be terminated");

    const RetryPolicy retry{.retries = 1, .delay = Short, .afterExceptions = true};
    Pool other({.processes = 1, .retry = retry});
    demandShort("the delay before another try", [&] {
        try {
            other.apply([]() -> int { throw std::runtime_error("again"); });
        } catch (const std::runtime_error &) {
        }
    });
}

void use() { }

void act(const QByteArray &scene)
{
    if (scene == "waits")
        waits();
    else if (scene == "process")
        process();
    else
        pool();
}

} // namespace

/// libfaketime moves all clocks that are read by functions, and leaves alone the kernel's own, by which system calls wait.
class TestLibfaketime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void timeOuts_data();
    void timeOuts();
};

void TestLibfaketime::initTestCase() { SKIP_UNDER_SANITIZERS("the sanitizers' libraries want to be the first that are loaded"); }

void TestLibfaketime::timeOuts_data()
{
    QTest::addColumn<StartMethod>("method");
    QTest::addColumn<QString>("scene");
    QTest::addColumn<QString>("time");
    for (const char *time : {"+400d", "-400d", "@2020-12-24 20:30:00"}) {
        QTest::addRow("waits, %s", time) << StartMethod::Thread << QStringLiteral("waits") << QString::fromLatin1(time);
        for (const StartMethod method : allStartMethods()) {
            for (const char *scene : {"process", "pool"}) {
                QTest::addRow("%s, %s, %s", scene, qPrintable(nameOf(method)), time)
                    << method << QString::fromLatin1(scene) << QString::fromLatin1(time);
            }
        }
    }
}

void TestLibfaketime::timeOuts()
{
    QFETCH(StartMethod, method);
    QFETCH(QString, scene);
    QFETCH(QString, time);
    const Surroundings surroundings{
        .variables = {{QStringLiteral("LD_PRELOAD"), QStringLiteral(FAKETIME)}, {QStringLiteral("FAKETIME"), time}}};
    QCOMPARE(outcomeOf(scene, method, surroundings), QByteArray("right"));
}

PROCESSION_SURROUNDINGS_MAIN(TestLibfaketime, use, act)

#include "tst_libfaketime.moc"
