// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

namespace procession {

/// What a process asks of its fork server, with descriptors beside it. Plain data: a server that serves before its libraries have run
/// reads it, too.
struct ForkRequest
{
    /// Beside it: the child's end of the socket with its message, stdout, stderr.
    enum Descriptors { Boot, Output, Error, Count };
    quint8 version = 1;
    bool leavesNothing = false; ///< whether a minder kills what is left of the child's process group however the child ends
};

/// What the fork server answers.
struct ForkReply
{
    enum class Kind : qint32 {
        Sibling, ///< beside it: the pidfd of a child of the requester
        Minded, ///< beside it: a pipe from which the exit status comes, as waitpid() gives it, in four bytes; then a pidfd, if there is one
        Failed, ///< `value` is the errno
    };
    Kind kind = Kind::Failed;
    qint32 value = 0; ///< the child's process id, or an errno
};

} // namespace procession
