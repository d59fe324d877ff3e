// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/exceptions/exceptioncodec.h>
#include <procession/platform/base/processerror.h>

namespace procession {

/// Something was released that was not acquired, or not by the caller. (Reference: ValueError and
/// AssertionError of release())
class ReleaseError : public ProcessError
{
public:
    using ProcessError::ProcessError;
};
inline const KnownException<ReleaseError> releaseErrorIsKnown{"procession::ReleaseError"};

} // namespace procession
