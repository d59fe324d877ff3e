// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/processerror.h>

#include <cerrno>
#include <type_traits>

namespace procession {

/// Calls `function` again for as long as it returns -1 with EINTR, and returns what it returned at last.
template <typename Function>
auto retryOnInterrupt(Function &&function) -> decltype(function())
{
    decltype(function()) result;
    do
        result = function();
    while (result == -1 && errno == EINTR);
    return result;
}

/// Returns `result`, or throws a SystemError made of `errno` when it is -1.
template <typename Result>
Result checked(const char *call, Result result)
{
    if (result == Result(-1))
        throw SystemError(call, {}, errno);
    return result;
}

/// As above. `subject` says what was called with: a text, or a function that returns one. It becomes a QByteArray only when the call
/// has failed, since a copied process would pay for each page of Qt that the text takes to make.
template <typename Result, typename Subject>
Result checked(const char *call, Result result, const Subject &subject)
{
    if (result == Result(-1)) {
        const int error = errno;
        if constexpr (std::is_invocable_v<const Subject &>)
            throw SystemError(call, subject(), error);
        else
            throw SystemError(call, subject, error);
    }
    return result;
}

} // namespace procession
