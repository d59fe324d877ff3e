// SPDX-License-Identifier: MIT
// What the headers advise.
#include "processtest.h"

#include <procession/ipc/pipe.h>
#include <procession/queue/joinablequeue.h>

#include <list>

using namespace procession;
using namespace std::chrono_literals;

namespace {

constexpr auto Patience = 20s;

void addTo(const Queue<int> &queue, int number) { queue.put(number); }

/// Takes one task, says so, and never does it.
void takeOne(const JoinableQueue<int> &tasks, const Connection &connection)
{
    connection.send(tasks.get());
    connection.recv<int>();
}

void doAll(const JoinableQueue<int> &tasks, const Queue<int> &done)
{
    while (const auto task = tasks.tryGet()) {
        done.put(*task);
        tasks.taskDone();
    }
}

} // namespace

class TestProcessRecipes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void manyInAContainer_data() { addStartMethods(); }
    void manyInAContainer();
    void oneThatIsNotKept_data() { addStartMethods(); }
    void oneThatIsNotKept();
    void aConsumerThatWasKilled_data() { addStartMethods(false); }
    void aConsumerThatWasKilled();
};

void TestProcessRecipes::manyInAContainer()
{
    QFETCH(const StartMethod, method);
    setStartMethod(method, true);
    const Queue<int> queue;
    std::list<Process> processes;
    for (int i = 0; i < 4; ++i)
        processes.emplace_back(&addTo, queue, i).start();
    int sum = 0;
    for (Process &process : processes) {
        QVERIFY(process.join(Patience));
        QCOMPARE(process.exitCode(), 0);
        sum += queue.get();
    }
    QCOMPARE(sum, 6);
}

void TestProcessRecipes::oneThatIsNotKept()
{
    QFETCH(const StartMethod, method);
    setStartMethod(method, true);
    const Queue<int> queue;
    Process({.whenDestroyed = WhenDestroyed::Detach}, &addTo, queue, 7).start();
    QCOMPARE(queue.get(true, Patience), 7);
    for (const ProcessHandle &child : activeChildren())
        QVERIFY(child.join(Patience));
}

void TestProcessRecipes::aConsumerThatWasKilled()
{
    QFETCH(const StartMethod, method);
    setStartMethod(method, true);
    const JoinableQueue<int> tasks;
    for (int i = 1; i <= 4; ++i)
        tasks.put(i);
    const auto [ours, theirs] = pipe();
    Process victim(&takeOne, tasks, theirs);
    victim.start();
    QCOMPARE(ours.recv<int>(), 1);
    victim.kill();
    QVERIFY(victim.join(Patience));

    const Queue<int> done;
    std::list<Process> consumers;
    int lostTasks = 0;
    const QDeadlineTimer deadline(Patience);
    while (!tasks.join(1ms) && !deadline.hasExpired()) {
        if (!activeChildren().empty())
            continue;
        for (int lost = tasks.unfinished() - tasks.size(); lost > 0; --lost) {
            tasks.taskDone();
            ++lostTasks;
        }
        consumers.emplace_back(&doAll, tasks, done).start();
    }
    QCOMPARE(tasks.unfinished(), 0);
    QCOMPARE(lostTasks, 1);
    QCOMPARE(done.size(), 3);
}

PROCESSION_TEST_MAIN(TestProcessRecipes)
#include "tst_processrecipes.moc"
