// SPDX-License-Identifier: MIT
#pragma once

#include <QtTest/QTest>

/// Ends a test in which this program, or a copy of it, has no descriptor left: the checks of AddressSanitizer and UBSan open pipes.
#ifdef __SANITIZE_ADDRESS__
#define SKIP_WHERE_CHECKS_NEED_DESCRIPTORS() QSKIP("the sanitizers' own checks need descriptors")
#else
#define SKIP_WHERE_CHECKS_NEED_DESCRIPTORS() static_cast<void>(0)
#endif

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SKIP_UNDER_SANITIZERS(why) QSKIP(why)
#else
#define SKIP_UNDER_SANITIZERS(why) static_cast<void>(0)
#endif

/// Ends a test in which a program with threads, which allocate, is copied by fork().
#ifdef __SANITIZE_ADDRESS__
#define SKIP_COPIES_WITH_THREADS()                                                                                               \
    QSKIP("AddressSanitizer's allocator leaves its locks to a copy as they are: it may stand still")
#else
#define SKIP_COPIES_WITH_THREADS() static_cast<void>(0)
#endif

#ifdef __SANITIZE_THREAD__
#define SKIP_UNDER_THREAD_SANITIZER(why) QSKIP(why)
#else
#define SKIP_UNDER_THREAD_SANITIZER(why) static_cast<void>(0)
#endif

/// Ends a test in which a copy of this program starts threads.
#ifdef __SANITIZE_THREAD__
#define SKIP_THREADS_OF_COPIES() QSKIP("ThreadSanitizer ends a copy whose new thread has the id of one that was not copied")
#else
#define SKIP_THREADS_OF_COPIES() static_cast<void>(0)
#endif

/// Ends a test in which the fork server makes children of the program itself: it has them minded where it has fork handlers or threads.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SKIP_MINDED_CHILDREN(method)                                                                                             \
    if (method == procession::StartMethod::ForkServer)                                                                           \
    QSKIP("a minder of the fork server's reaps the children of a sanitized program")
#else
#define SKIP_MINDED_CHILDREN(method) static_cast<void>(method)
#endif

/// From then on the program ends without a search for leaks: it leaves objects on purpose, or is a copy without the threads that hold some.
#ifdef __SANITIZE_ADDRESS__
inline bool leaksOnPurpose = false;
extern "C" [[gnu::used, gnu::visibility("default")]] inline int __lsan_is_turned_off() { return leaksOnPurpose ? 1 : 0; }
inline void leakOnPurpose() { leaksOnPurpose = true; }
#else
inline void leakOnPurpose() { }
#endif

/// How much longer work may take for the instrumentation: for limits on processor time, which hold without it.
#if defined(__SANITIZE_THREAD__)
inline constexpr int Slowness = 20;
#elif defined(__SANITIZE_ADDRESS__)
inline constexpr int Slowness = 5;
#else
inline constexpr int Slowness = 1;
#endif
