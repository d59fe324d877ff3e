// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cxxabi.h>
#include <thread>

/// A thread that has the C library's lock on what is called at exit most of the time.
class ExitLocker
{
public:
    ExitLocker() = default;
    ExitLocker(const ExitLocker &) = delete;
    ExitLocker &operator=(const ExitLocker &) = delete;
    ~ExitLocker()
    {
        m_isToEnd = true;
        m_thread.join();
    }

private:
    void run()
    {
        static char handle;
        while (!m_isToEnd) {
            abi::__cxa_atexit([](void *) {}, nullptr, &handle);
            abi::__cxa_finalize(&handle);
        }
    }

    std::atomic<bool> m_isToEnd = false;
    std::thread m_thread{[this] { run(); }};
};
