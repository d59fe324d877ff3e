// SPDX-License-Identifier: MIT
#pragma once

#include <procession/processerror.h>

#include <cerrno>

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
Result checked(const char *call, Result result, const QByteArray &subject = {})
{
    if (result == Result(-1))
        throw SystemError(call, subject, errno);
    return result;
}

} // namespace procession
