// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

namespace procession {

/// A request to a fork server, sent together with descriptors. Plain data, because a server that
/// serves before its libraries have run reads it, too.
struct ForkRequest
{
    /// Sent with it: the child's end of the socket that carries its message, stdout, stderr.
    enum Descriptors { Boot, Output, Error, Count };
    quint8 version = 1;
    /// A minder kills the rest of the child's process group however the child ends.
    bool leavesNothing = false;
};

/// The reply of a fork server.
struct ForkReply
{
    enum class Kind : qint32 {
        Sibling, ///< sent with it: the pidfd of a child of the requester
        /// Sent with it: a pipe that delivers the exit status as waitpid() returns it, in four
        /// bytes; then a pidfd, if there is one.
        Minded,
        Failed, ///< `value` is the errno
    };
    Kind kind = Kind::Failed;
    qint32 value = 0; ///< the child's process id, or an errno
};

} // namespace procession
