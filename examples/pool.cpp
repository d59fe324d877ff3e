// SPDX-License-Identifier: MIT
// What one can have a pool of workers do, and how long one waits for it.
#include <procession/procession.h>

#include <iostream>
#include <ranges>
#include <set>
#include <thread>
#include <vector>

using namespace procession;
using namespace std::chrono_literals;

int f(int x) { return x * x; }

qint64 processId() { return currentProcess().pid(); }

/// A worker process is killed in the middle of its sleep when the pool ends; a thread has to ask.
void sleepFor(std::chrono::seconds duration)
{
    const QDeadlineTimer end(duration);
    while (!end.hasExpired() && !isTaskCancelled())
        std::this_thread::sleep_for(10ms);
}

template <typename Numbers>
void print(const Numbers &numbers)
{
    const char *before = "[";
    for (const auto number : numbers) {
        std::cout << before << number;
        before = ", ";
    }
    std::cout << "]\n";
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);

    {
        Pool pool(4); // starts 4 workers
        print(pool.map(&f, std::views::iota(0, 10))); // [0, 1, 4, …, 81]

        // The same numbers in any order; printed in order, so that the output is always the same.
        std::set<int> numbers;
        for (const int number : pool.imapUnordered(&f, std::views::iota(0, 10)))
            numbers.insert(number);
        for (const int number : numbers)
            std::cout << number << '\n';

        // f(20), in one worker, while this goes on
        const AsyncResult<int> square = pool.applyAsync(&f, 20);
        std::cout << square.get(20s) << '\n'; // 400

        // The id of the process that is the worker
        const AsyncResult<qint64> id = pool.applyAsync(&processId);
        std::cout << id.get(20s) << '\n';

        // Several calls at once may take several workers.
        std::vector<AsyncResult<qint64>> results;
        for (int i = 0; i < 4; ++i)
            results.push_back(pool.applyAsync(&processId));
        std::vector<qint64> ids;
        for (const AsyncResult<qint64> &result : results)
            ids.push_back(result.get(20s));
        print(ids);

        // One worker sleeps for 10 s.
        const AsyncResult<void> sleep = pool.applyAsync(&sleepFor, 10s);
        try {
            sleep.get(500ms);
        } catch (const TimeoutError &) {
            std::cout << "We lacked patience and got a TimeoutError\n";
        }
        std::cout << "For the moment, the pool remains available for more work\n";
    }
    std::cout << "Now the pool is closed and no longer available\n";
}
