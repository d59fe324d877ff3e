// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

namespace procession {

/// The progress of a task.
struct TaskProgress
{
    qint64 done = 0;
    qint64 total = 0; ///< 0 when it is unknown
    QString text{};

    friend bool operator==(const TaskProgress &, const TaskProgress &) = default;
};

/// Reports the progress of the task that the calling thread runs; a task may call it as often as it
/// likes. AsyncResult::onProgress(), future() and every Monitor show it. Reports within some
/// hundredths of a second of the last one may be dropped, but never one with `done` equal to
/// `total`. Does nothing outside of a task.
///
/// \code
/// for (int row = 0; row < rows; ++row) {
///     renderRow(row);
///     reportProgress(row + 1, rows);
/// }
/// \endcode
///
/// \param done   the amount done, in any unit
/// \param total  the whole amount; 0 when it is unknown
/// \param text   for people; cut to the room there is
void reportProgress(qint64 done, qint64 total, const QString &text = {});

/// Whether the task of the calling thread was cancelled or timed out, or its pool was terminated.
/// Worker processes are killed then; a thread cannot be, and should ask from time to time. False
/// outside of a task.
bool isTaskCancelled();

} // namespace procession
