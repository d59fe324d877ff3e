// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/exceptions/exceptioncodec.h>
#include <procession/platform/base/processerror.h>

namespace procession {

/// A barrier was broken, while the caller waited for it or before. (Reference:
/// threading.BrokenBarrierError)
class BrokenBarrier : public ProcessError
{
public:
    using ProcessError::ProcessError;
};
inline const KnownException<BrokenBarrier> brokenBarrierIsKnown{"procession::BrokenBarrier"};

} // namespace procession
