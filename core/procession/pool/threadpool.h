// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/pool.h>

namespace procession {

/// A Pool whose workers are threads of this process. For work that waits more than it computes, or
/// that uses objects of this process: every function works, with captures too, and arguments and
/// results are not encoded.
///
/// \code
/// ThreadPool pool(8);
/// std::vector<QByteArray> pages = pool.map([&](const QUrl &url) { return cache.get(url); }, urls);
/// \endcode
///
/// A thread cannot be killed: the pool gives up a task that was cancelled or timed out and starts
/// another thread, while the old one ends after its call has returned. join() and the destructor wait
/// for it. isTaskCancelled() asks the call to hurry. A program that ends by std::exit() does not
/// wait: the threads end with it. (Reference: ThreadPool, multiprocessing.dummy.Pool)
class ThreadPool : public Pool
{
public:
    /// \param options  their context is ignored
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
