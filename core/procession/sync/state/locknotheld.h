// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/exceptions/exceptioncodec.h>
#include <procession/platform/base/processerror.h>

namespace procession {

/// The calling thread does not hold the lock that an operation requires. (Reference: AssertionError
/// of Condition.wait() and Condition.notify(), RuntimeError of those of threading)
class LockNotHeld : public ProcessError
{
public:
    using ProcessError::ProcessError;
};
inline const KnownException<LockNotHeld> lockNotHeldIsKnown{"procession::LockNotHeld"};

} // namespace procession
