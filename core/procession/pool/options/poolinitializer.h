// SPDX-License-Identifier: MIT
#pragma once

#include <procession/process/functions/target.h>

#include <functional>

namespace procession {

/// A function with its arguments that each worker of a pool calls before its first task.
///
/// \code
/// Pool pool({.processes = 4, .initializer = {&openDatabase, path}});
/// \endcode
///
/// It reaches the workers as the function of a Process does; under `Fork` and `Thread` nothing is
/// encoded. A value.
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
    /// The call for one worker, which owns it.
    Target target() const { return m_make(); }

private:
    std::function<Target()> m_make;
};

} // namespace procession
