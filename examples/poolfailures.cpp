// SPDX-License-Identifier: MIT
#include <procession/procession.h>

#include <csignal>
#include <iostream>
#include <ranges>
#include <thread>

using namespace procession;
using namespace std::chrono_literals;

int squared(int x) { return x * x; }

/// Kills its process for 3, and does not come to an end for 5.
int unreliablySquared(int x)
{
    if (x == 3)
        std::raise(SIGKILL);
    std::this_thread::sleep_for(x == 5 ? 1h : 0h);
    return x * x;
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);

    Pool pool({.processes = 4, .taskTimeout = 500ms});
    for (const int square : pool.map(&squared, std::views::iota(0, 5)))
        std::cout << square << ' ';
    std::cout << '\n';

    auto results = pool.imap(&unreliablySquared, std::views::iota(0));
    for (int i = 0; i < 7; ++i) {
        try {
            std::cout << *results.next() << '\n';
        } catch (const ProcessError &error) { // a WorkerLost, then a TaskTimeout
            std::cout << error.what() << '\n';
        }
    }
}
