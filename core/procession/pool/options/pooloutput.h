// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

namespace procession {

/// What becomes of what the workers of a Pool write to stdout or stderr. What stdio and iostreams hold is written out after each task.
enum class PoolOutput : quint8 {
    /// It goes where that of this process goes, as it is written: lines of several workers may be mixed.
    Inherit,
    /// It goes there in whole lines that are not mixed with those of other workers. A line without an end is ended some hundredths of a
    /// second after its task has, at the latest; one of more than 1 MiB is broken. A worker that writes faster than this process's
    /// stream takes it waits, as it would by itself. Everything is written when the pool has been joined; but what a stream does not
    /// take any more within a second is dropped then.
    Lines,
    /// It is kept, for each task by itself, and given with the result: AsyncResult::standardOutput(), standardError(),
    /// ResultIterator::output(). Of each task up to 1 MiB, of all tasks of a map() and of all results of an imap() that have not been
    /// taken up to 64 MiB; more is dropped, and a last line says so.
    Capture,
};

/// "inherit", "lines", "capture".
QString nameOf(PoolOutput output);

} // namespace procession
