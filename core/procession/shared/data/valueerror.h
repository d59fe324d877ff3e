// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/exceptions/exceptioncodec.h>
#include <procession/platform/base/processerror.h>

namespace procession {

/// A value cannot be put where it was to go: it is of a wrong type, out of range or too long, or it was not found.
/// (Reference: ValueError, TypeError)
class ValueError : public ProcessError
{
public:
    using ProcessError::ProcessError;
};
inline const KnownException<ValueError> valueErrorIsKnown{"procession::ValueError"};

} // namespace procession
