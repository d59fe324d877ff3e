// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/exceptions/exceptioncodec.h>
#include <procession/platform/base/processerror.h>

namespace procession {

/// There is nothing in a queue, and nothing has come in the time that was given. (Reference: queue.Empty)
class Empty : public ProcessError
{
public:
    using ProcessError::ProcessError;
};
inline const KnownException<Empty> emptyIsKnown{"procession::Empty"};

/// There is no room in a queue, and none has come in the time that was given. (Reference: queue.Full)
class Full : public ProcessError
{
public:
    using ProcessError::ProcessError;
};
inline const KnownException<Full> fullIsKnown{"procession::Full"};

/// A queue is used as it must not be: after close(), or with more tasks done than there were. (Reference: ValueError)
class QueueError : public ProcessError
{
public:
    using ProcessError::ProcessError;
};
inline const KnownException<QueueError> queueErrorIsKnown{"procession::QueueError"};

} // namespace procession
