// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

#include <string>
#include <thread>
#include <vector>

/// As work: returns the square of `x`, and allocates much for it, in a thread of its own as well.
inline int squaredWithAllocations(int x)
{
    int result = 0;
    std::thread([&] { result = x * static_cast<int>(std::vector<char>(1000).size()) / 1000; }).join();
    std::vector<std::string> strings;
    for (std::size_t i = 0; i < 100; ++i)
        strings.push_back(std::string(i * 10 + 20, 'a'));
    return result * x;
}

/// The environment variable that a LibraryWithAllocatingThread looks for.
inline constexpr char AllocatingVariable[] = "PROCESSION_TEST_ALLOCATING_THREAD";

/// Stands for a library that starts a thread when it is loaded, before main(), and whose thread allocates all the time.
/// To be a static object; it does nothing where AllocatingVariable is not set.
struct LibraryWithAllocatingThread
{
    LibraryWithAllocatingThread()
    {
        if (qEnvironmentVariableIsSet(AllocatingVariable))
            std::thread(&allocate).detach();
    }

private:
    [[noreturn]] static void allocate()
    {
        for (std::size_t size = 1;; size = size % 5000 + 7) {
            auto *volatile block = new char[size];
            delete[] block;
        }
    }
};
