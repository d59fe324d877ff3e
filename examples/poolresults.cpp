// SPDX-License-Identifier: MIT
// Results that are on their way: one, all, one after the other, and one that comes too late.
#include <procession/procession.h>

#include <iostream>
#include <ranges>
#include <thread>

using namespace procession;
using namespace std::chrono_literals;

int f(int x) { return x * x; }

/// A worker process is killed in the middle of its sleep when the pool ends; a thread has to ask.
void sleepFor(std::chrono::seconds duration)
{
    const QDeadlineTimer end(duration);
    while (!end.hasExpired() && !isTaskCancelled())
        std::this_thread::sleep_for(10ms);
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);

    Pool pool({.processes = 4});
    const AsyncResult<int> result = pool.applyAsync(&f, 10); // in a single process
    std::cout << result.get(20s) << '\n'; // 100

    for (const int square : pool.map(&f, std::views::iota(0, 10)))
        std::cout << square << ' '; // 0 1 4 … 81
    std::cout << '\n';

    auto it = pool.imap(&f, std::views::iota(0, 10));
    std::cout << *it.next() << '\n'; // 0
    std::cout << *it.next() << '\n'; // 1
    std::cout << *it.next(20s) << '\n'; // 4

    const AsyncResult<void> sleep = pool.applyAsync(&sleepFor, 10s);
    try {
        sleep.get(100ms);
    } catch (const TimeoutError &error) {
        std::cout << "TimeoutError: " << error.what() << '\n';
    }
}
