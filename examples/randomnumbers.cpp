// SPDX-License-Identifier: MIT
// Random numbers in workers: which differ by themselves, and how an engine of one's own is seeded.
#include <procession/procession.h>

#include <QtCore/QRandomGenerator>

#include <iostream>
#include <random>
#include <ranges>
#include <set>
#include <vector>

using namespace procession;

/// One for each thread: with StartMethod::Thread the workers share everything else.
thread_local std::mt19937_64 engine; // in a worker by Fork or ForkServer: a copy, with the state of the original

/// What each worker calls before its first task.
void seedEngine(quint64 base) { engine.seed(processSeed(base)); }

quint64 drawOwn() { return engine(); }

quint64 drawGlobal() { return QRandomGenerator::global()->generate64(); }

/// Waits until all workers have a task, so that each has one.
template <auto Draw>
quint64 together(const Barrier &barrier)
{
    barrier.wait();
    return Draw();
}

/// How many different numbers three workers draw.
template <auto Draw>
std::size_t differentNumbers(Pool &pool)
{
    const Barrier barrier(3);
    std::vector<AsyncResult<quint64>> results;
    for (int i = 0; i < 3; ++i)
        results.push_back(pool.applyAsync(&together<Draw>, barrier));
    std::set<quint64> different;
    for (const AsyncResult<quint64> &result : results)
        different.insert(result.get());
    return different.size();
}

/// The same number whichever worker has the task: its seed comes with it.
quint64 drawForTask(quint64 seed) { return std::mt19937_64(seed)(); }

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);

    Pool unseeded(3);
    std::cout << "Qt's global generator: " << differentNumbers<&drawGlobal>(unseeded) << " numbers in 3 workers\n";
    std::cout << "an engine as it is:    " << differentNumbers<&drawOwn>(unseeded) << '\n';

    Pool seeded({.processes = 3, .initializer = {&seedEngine, 2026}});
    std::cout << "seeded in each worker: " << differentNumbers<&drawOwn>(seeded) << '\n';

    const std::vector<quint64> once = seeded.map(&drawForTask, std::views::iota(quint64(1), quint64(9)));
    const std::vector<quint64> again = unseeded.map(&drawForTask, std::views::iota(quint64(1), quint64(9)));
    std::cout << "a seed for each task:  " << (once == again ? "the same in each run" : "different") << '\n';
}
