// SPDX-License-Identifier: MIT
#pragma once

#include <procession/freezesupport.h>
#include <procession/process.h>
#include <procession/threadpool.h>

/// The API of this library on threads: the same code, with this namespace in place of `procession`, runs in one process. For work that
/// waits more than it computes, and to find out whether a fault is in the code or in having several processes.
///
/// \code
/// namespace mp = procession::dummy;           // or procession
/// mp::Process process(&download, url);
/// process.start();
/// process.join();
/// mp::Pool pool(4);
/// \endcode
///
/// Threads cannot be terminated, killed or suspended. (Reference: multiprocessing.dummy)
namespace procession::dummy {

using procession::activeChildren;
using procession::Connection;
using procession::cpuCount;
using procession::currentProcess;
using procession::Duplex;
using procession::freezeSupport;
using procession::pipe;

using Pool = ThreadPool;

inline Context context() { return Context(StartMethod::Thread); }

class Process : public procession::Process
{
public:
    template <typename Function, typename... Arguments>
    requires std::invocable<Function &, StoredArgument<Arguments>...>
    explicit Process(Function function, Arguments &&...arguments)
        : Process(ProcessOptions(), std::move(function), std::forward<Arguments>(arguments)...)
    {
    }
    template <typename Function, typename... Arguments>
    requires std::invocable<Function &, StoredArgument<Arguments>...>
    explicit Process(ProcessOptions options, Function function, Arguments &&...arguments)
        : procession::Process(onThreads(std::move(options)), std::move(function), std::forward<Arguments>(arguments)...)
    {
    }

private:
    static ProcessOptions onThreads(ProcessOptions options)
    {
        options.context = dummy::context();
        return options;
    }
};

} // namespace procession::dummy
