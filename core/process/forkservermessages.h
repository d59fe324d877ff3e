// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

namespace procession {

/// What this process and its fork server say to each other, with descriptors beside it.
struct ForkRequest
{
    /// Beside it: the child's end of the socket with its message, stdout, stderr.
    enum Descriptors { Boot, Output, Error, Count };
    quint8 version = 1;
};

struct ForkReply
{
    enum class Kind : qint32 {
        Sibling, ///< beside it: the pidfd of a child of who asked
        Minded, ///< beside it: a pipe from which the exit status comes, as waitpid() gives it, in four bytes
        Failed, ///< `value` is the errno
    };
    Kind kind = Kind::Failed;
    qint32 value = 0; ///< the child's process id, or an errno
};

} // namespace procession
