// SPDX-License-Identifier: MIT
#pragma once

#include "stage.h"

#include <procession/ipc/pipe.h>
#include <procession/pool/pool.h>

#include <vector>

/// \file
/// What the program of a row does with the default start method: the work is a function of an int, and what it returns is gathered.

template <auto Work>
using ResultOf = std::invoke_result_t<decltype(Work), int>;

template <auto Work>
void answerWith(const procession::Connection &answer, int x)
{
    answer.send(Work(x));
}

/// Of that many processes, one after another. A process that stands still ends the program.
template <auto Work>
std::vector<ResultOf<Work>> resultsOfProcesses(int count)
{
    std::vector<ResultOf<Work>> results;
    for (int i = 0; i < count; ++i) {
        const std::string which = "process " + std::to_string(i + 1) + " of " + std::to_string(count);
        auto [ours, theirs] = procession::pipe();
        procession::Process process(&answerWith<Work>, theirs, i);
        process.start();
        theirs.close();
        demand(ours.poll(QDeadlineTimer(Patience)), which + " stands still");
        results.push_back(ours.template recv<ResultOf<Work>>());
        demand(process.join(QDeadlineTimer(Patience)), which + " does not end");
        demand(process.exitCode() == 0, which + " has exit code " + std::to_string(*process.exitCode()));
    }
    return results;
}

/// Of a pool of two whose workers are replaced after every few tasks. A task that stands still ends the program.
template <auto Work>
std::vector<ResultOf<Work>> resultsOfPool(int count, int maxTasksPerChild = 5)
{
    procession::Pool pool({.processes = 2, .maxTasksPerChild = maxTasksPerChild});
    std::vector<procession::AsyncResult<ResultOf<Work>>> tasks;
    for (int i = 0; i < count; ++i)
        tasks.push_back(pool.applyAsync(Work, i));
    std::vector<ResultOf<Work>> all;
    for (const auto &task : tasks) {
        demand(task.wait(QDeadlineTimer(Patience)), "the pool stands still");
        all.push_back(task.get());
    }
    pool.close();
    demand(pool.join(QDeadlineTimer(Patience)), "the pool does not end");
    return all;
}

/// Of as many as childrenToTry() says, in a scene "pool" or "processes".
template <auto Work>
std::vector<ResultOf<Work>> resultsOf(const QByteArray &scene, int maxTasksPerChild = 5)
{
    return scene.endsWith("pool") ? resultsOfPool<Work>(childrenToTry(), maxTasksPerChild)
                                  : resultsOfProcesses<Work>(childrenToTry());
}

/// Demands that the child of each number returns what is expected of it.
template <auto Work, typename Expected>
void demandResults(const QByteArray &scene, Expected expected)
{
    const std::vector<ResultOf<Work>> results = resultsOf<Work>(scene);
    for (std::size_t i = 0; i < results.size(); ++i)
        demand(results[i] == expected(static_cast<int>(i)), "a child calculated wrongly");
}

/// For what is known to stand still in a copy: the time-out of a task must end it, and the pool must go on.
template <auto Work>
void demandTimeOut()
{
    procession::Pool pool({.processes = 2, .taskTimeout = std::chrono::milliseconds(300)});
    for (int i = 0; i < 3; ++i) {
        try {
            pool.apply(Work, i);
            failScene("the work is done although its library was used before");
        } catch (const procession::TaskTimeout &) {
        }
    }
}
