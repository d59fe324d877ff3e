// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/processerror.h>

namespace procession {

/// The shared memory of a program is used up, or cannot be created.
class SharedMemoryError : public ProcessError
{
public:
    using ProcessError::ProcessError;
};

} // namespace procession
