// SPDX-License-Identifier: MIT
#pragma once

#include <procession/process/launch/freezesupport.h>

#include <chrono>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

/// \file
/// What the programs have in common that benchmarks/compare runs.

using Clock = std::chrono::steady_clock;

inline double secondsSince(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

/// Prints the figure that `measure` makes of the arguments.
/// \param name  of the program
template <typename Measure>
int runBenchmark(const char *name, int argc, char **argv, Measure measure)
{
    procession::freezeSupport(argc, argv);
    try {
        std::printf("%.12f\n", measure(std::vector<std::string>(argv + 1, argv + argc)));
    } catch (const std::exception &error) {
        std::fprintf(stderr, "%s: %s\n", name, error.what());
        return 1;
    }
    return 0;
}
