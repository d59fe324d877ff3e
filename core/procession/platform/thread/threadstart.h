// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/processerror.h>

#include <system_error>
#include <thread>
#include <utility>

namespace procession {

/// A new thread that calls `body`.
/// \param purpose  what it is for, as the error says it
/// \throws SystemError (EAGAIN) when the system gives no thread, see ulimit -u
template <typename Body>
std::thread startThread(const char *purpose, Body &&body)
{
    try {
        return std::thread(std::forward<Body>(body));
    } catch (const std::system_error &error) {
        throw SystemError("pthread_create", purpose, error.code().value());
    }
}

} // namespace procession
