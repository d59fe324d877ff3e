// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/processerror.h>

#include <cerrno>
#include <type_traits>

namespace procession {

/// Calls `function` again as long as it returns -1 with EINTR, and returns its last result.
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

/// As above. `subject` is what the call was made for: a text, or a function that returns one. It is
/// converted to a QByteArray only after a failure, since a copied process would pay for each page
/// of Qt that the conversion uses.
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
