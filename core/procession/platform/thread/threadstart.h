// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/processerror.h>

#include <system_error>
#include <thread>
#include <utility>

namespace procession {

/// Starts a thread that calls `body`.
/// \param purpose  what the thread is for; appears in the error
/// \throws SystemError (EAGAIN) if the system cannot create a thread, see ulimit -u
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
