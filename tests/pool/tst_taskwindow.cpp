// SPDX-License-Identifier: MIT
#include "pooltest.h"

#include <sched.h>
#include <sys/resource.h>

using namespace procession;

namespace {

/// Confines this thread, and the workers that it starts, to the first processor that it may use.
void useOneProcessor()
{
    cpu_set_t allowed;
    QCOMPARE(::sched_getaffinity(0, sizeof allowed, &allowed), 0);
    int first = 0;
    while (!CPU_ISSET(first, &allowed))
        ++first;
    CPU_ZERO(&allowed);
    CPU_SET(first, &allowed);
    QCOMPARE(::sched_setaffinity(0, sizeof allowed, &allowed), 0);
}

/// How often this thread has made way for another one.
long switches()
{
    rusage usage{};
    ::getrusage(RUSAGE_THREAD, &usage);
    return usage.ru_nvcsw + usage.ru_nivcsw;
}

/// Calls that the only pool has not handed out.
quint64 waitingIn(const Snapshot &snapshot)
{
    for (const MonitoredObject &object : snapshot.objects) {
        if (const auto *pool = std::get_if<PoolDetails>(&object.details))
            return pool->waiting;
    }
    return 0;
}

} // namespace

/// How many tasks are handed out before their time.
class TestTaskWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { useOneProcessor(); }
    void shortTasks_data() { addStartMethods(); }
    void shortTasks();
    void longTasks_data() { addStartMethods(); }
    void longTasks();
};

/// Where the worker runs only while the parent does not, they do not take turns for each task.
void TestTaskWindow::shortTasks()
{
    constexpr int Count = 20'000;
    QFETCH(StartMethod, method);
    Pool pool(options(method, 1));
    pool.map(&squared, std::vector<int>(100), 1);
    const long before = switches();
    pool.map(&squared, std::vector<int>(Count), 1);
    // In turns it would be one for each task. Other programs on this processor add some.
    QVERIFY2(switches() - before < Count / 2, qPrintable(QString::number(switches() - before)));
}

/// What has not been handed out can still be decided about.
void TestTaskWindow::longTasks()
{
    constexpr int Count = 100;
    QFETCH(StartMethod, method);
    const Event gate;
    const Queue<int> begun;
    Pool pool(options(method, 2));
    std::vector<AsyncResult<int>> results;
    for (int i = 0; i < Count; ++i)
        results.push_back(pool.applyAsync(&tellAndWait, begun, gate, i));
    begun.get();
    begun.get();
    QCOMPARE(waitingIn(Monitor().snapshot()), quint64(Count - 4));
    gate.set();
    for (int i = 0; i < Count; ++i)
        QCOMPARE(results[static_cast<std::size_t>(i)].get(), i);
}

PROCESSION_TEST_MAIN(TestTaskWindow)
#include "tst_taskwindow.moc"
