// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/exceptions/exceptioncodec.h>
#include <procession/platform/base/processerror.h>

namespace procession {

/// A queue is empty, and no message came in the given time. (Reference: queue.Empty)
class Empty : public ProcessError
{
public:
    using ProcessError::ProcessError;
};
inline const KnownException<Empty> emptyIsKnown{"procession::Empty"};

/// A queue has no room, and none became free in the given time. (Reference: queue.Full)
class Full : public ProcessError
{
public:
    using ProcessError::ProcessError;
};
inline const KnownException<Full> fullIsKnown{"procession::Full"};

/// A queue was used in a wrong way: after close(), or with more tasks done than were put.
/// (Reference: ValueError)
class QueueError : public ProcessError
{
public:
    using ProcessError::ProcessError;
};
inline const KnownException<QueueError> queueErrorIsKnown{"procession::QueueError"};

} // namespace procession
