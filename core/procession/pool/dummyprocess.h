// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/dummycontext.h>

namespace procession::dummy {

/// A procession::Process that runs as a thread, whatever context its options name. Derive from it as
/// from Process: run() is called on this very object, which needs neither a default constructor nor
/// properties.
class Process : public procession::Process
{
public:
    explicit Process(const ProcessOptions &options = {}, QObject *parent = nullptr)
        : procession::Process(onThreads(options), parent)
    {
    }
    template <typename Function, typename... Arguments>
    requires CalledWith<Function, StoredArgument<Arguments>...>
    explicit Process(Function function, Arguments &&...arguments)
        : Process(ProcessOptions(), Target::of(std::move(function), std::forward<Arguments>(arguments)...))
    {
    }
    template <typename Function, typename... Arguments>
    requires CalledWith<Function, StoredArgument<Arguments>...>
    explicit Process(const ProcessOptions &options, Function function, Arguments &&...arguments)
        : Process(options, Target::of(std::move(function), std::forward<Arguments>(arguments)...))
    {
    }
    Process(const ProcessOptions &options, Target target)
        : procession::Process(onThreads(options), std::move(target), typeid(Process))
    {
    }

private:
    static ProcessOptions onThreads(ProcessOptions options)
    {
        options.context = Context();
        return options;
    }
};

template <typename Function, typename... Arguments>
auto Context::process(Function function, Arguments &&...arguments) const
{
    return Process(std::move(function), std::forward<Arguments>(arguments)...);
}

template <typename Function, typename... Arguments>
auto Context::process(const ProcessOptions &options, Function function, Arguments &&...arguments) const
{
    return Process(options, std::move(function), std::forward<Arguments>(arguments)...);
}

} // namespace procession::dummy
