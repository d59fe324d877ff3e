// SPDX-License-Identifier: MIT
#pragma once

#include <procession/process/functions/target.h>

#include <functional>

namespace procession {

/// A function, and the arguments, that each worker of a pool calls before its first task.
///
/// \code
/// Pool pool({.processes = 4, .initializer = {&openDatabase, path}});
/// \endcode
///
/// Under every start method but `Fork` and `Thread` it goes to the workers as a Process' function does. A value.
class PoolInitializer
{
public:
    PoolInitializer() = default;
    template <typename Function, typename... Arguments>
    requires CalledWith<Function, StoredArgument<Arguments>...> PoolInitializer(Function function, Arguments &&...arguments)
        : m_make([function = std::move(function), ... stored = StoredArgument<Arguments>(std::forward<Arguments>(arguments))] {
              return Target::of(function, stored...);
          })
    {
    }

    bool isEmpty() const { return !m_make; }
    /// For a worker; each gets its own.
    Target target() const { return m_make(); }

private:
    std::function<Target()> m_make;
};

} // namespace procession
