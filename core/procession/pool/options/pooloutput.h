// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

namespace procession {

/// What happens to what the workers of a Pool write to stdout or stderr. The buffers of stdio and
/// iostreams are flushed after each task.
enum class PoolOutput : quint8 {
    /// Workers write directly to the stream of this process: lines of several workers may mix.
    Inherit,
    /// The pool forwards whole lines, never mixed. A line without an end is completed less than a
    /// second after its task; a line of more than 1 MiB is broken. A worker blocks
    /// while it writes faster than the stream of this process accepts, as it would without a pool. All
    /// output is written when the pool has been joined, except what a stream does not accept for a
    /// second, which is dropped.
    Lines,
    /// The pool keeps the output of each task with its result: AsyncResult::standardOutput(),
    /// standardError(), ResultIterator::output(). It keeps up to 1 MiB a task, and up to 64 MiB for all
    /// tasks of a map() or all unread results of an imap(). It drops more than that and adds a last
    /// line that says so.
    Capture,
};

/// "inherit", "lines", "capture".
QString nameOf(PoolOutput output);

} // namespace procession
