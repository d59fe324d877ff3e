// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/pool.h>

namespace procession {

/// A Pool whose workers are threads of this process. For work that waits more than it computes, or that works on objects of this process:
/// any function will do, captures included, and arguments and results are neither copied into bytes nor back.
///
/// \code
/// ThreadPool pool(8);
/// std::vector<QByteArray> pages = pool.map([&](const QUrl &url) { return cache.get(url); }, urls);
/// \endcode
///
/// A thread cannot be killed: a task that was cancelled or takes too long is given up, but its thread takes the next one only when it
/// has returned, and terminate() and the destructor wait for it. isTaskCancelled() tells it to hurry. A program that ends by std::exit() does
/// not wait for it: the threads go with the program. (Reference: ThreadPool,
/// multiprocessing.dummy.Pool)
class ThreadPool : public Pool
{
public:
    /// \param options  whatever context they have
    /// \throws PoolError, SystemError, SharedMemoryError as Pool
    explicit ThreadPool(const PoolOptions &options = {}) : Pool(onThreads(options)) { }
    explicit ThreadPool(int processes) : ThreadPool(PoolOptions{.processes = processes}) { }

private:
    static PoolOptions onThreads(PoolOptions options)
    {
        options.context = procession::context(StartMethod::Thread);
        return options;
    }
};

} // namespace procession
