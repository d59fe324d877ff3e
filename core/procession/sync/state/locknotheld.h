// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/exceptions/exceptioncodec.h>
#include <procession/platform/base/processerror.h>

namespace procession {

/// Something was done for which the calling thread must have a lock, and it does not have it. (Reference: AssertionError of
/// Condition.wait() and Condition.notify(), RuntimeError of those of threading)
class LockNotHeld : public ProcessError
{
public:
    using ProcessError::ProcessError;
};
inline const KnownException<LockNotHeld> lockNotHeldIsKnown{"procession::LockNotHeld"};

} // namespace procession
