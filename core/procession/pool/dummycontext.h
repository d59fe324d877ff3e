// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/threadpool.h>
#include <procession/process/process.h>

namespace procession::dummy {

using Pool = ThreadPool;

/// Lets programs that choose a method compile; processes are threads in any case. A distinct type,
/// so that overload resolution finds the functions below and not those of `procession`.
enum class StartMethod : quint8 { ForkServer, Spawn, Fork, Thread };

inline QString nameOf(StartMethod method) { return procession::nameOf(static_cast<procession::StartMethod>(method)); }
inline std::optional<StartMethod> startMethodNamed(QStringView name)
{
    if (const auto method = procession::startMethodNamed(name))
        return static_cast<StartMethod>(*method);
    return std::nullopt;
}
inline bool isAvailable(StartMethod method) { return method == StartMethod::Thread; }
inline std::vector<StartMethod> allStartMethods() { return {StartMethod::Thread}; }
inline StartMethod startMethod() { return StartMethod::Thread; }
inline std::optional<StartMethod> chosenStartMethod() { return StartMethod::Thread; }
/// Does nothing.
inline void setStartMethod([[maybe_unused]] StartMethod method, [[maybe_unused]] bool force = false) { }

class Process;

/// A Context whose processes are threads, whatever context it is made from.
class Context : public procession::Context
{
public:
    Context() : procession::Context(procession::StartMethod::Thread) { }
    explicit Context([[maybe_unused]] StartMethod method) : Context() { }

    StartMethod startMethod() const { return StartMethod::Thread; }
    std::optional<StartMethod> chosenStartMethod() const { return StartMethod::Thread; }
    void setStartMethod(StartMethod method, bool force = false) const { dummy::setStartMethod(method, force); }
    std::vector<StartMethod> allStartMethods() const { return dummy::allStartMethods(); }
    Context context() const { return {}; }
    Context context(StartMethod method) const { return Context(method); }
    /// \throws ContextError when there is no method of that name
    Context context(QStringView name) const
    {
        procession::context(name);
        return {};
    }

    template <typename Function, typename... Arguments>
    auto process(Function function, Arguments &&...arguments) const;
    template <typename Function, typename... Arguments>
    auto process(const ProcessOptions &options, Function function, Arguments &&...arguments) const;
    Pool pool(const PoolOptions &options) const { return Pool(options); }
    Pool pool(int processes = 0) const { return Pool(processes); }
};

inline Context context() { return {}; }
inline Context context(StartMethod method) { return Context(method); }
/// \throws ContextError when there is no method of that name
inline Context context(QStringView name) { return Context().context(name); }

} // namespace procession::dummy
