// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

namespace procession {

/// How far a task has come.
struct TaskProgress
{
    qint64 done = 0;
    qint64 total = 0; ///< 0 when it is not known
    QString text{};

    friend bool operator==(const TaskProgress &, const TaskProgress &) = default;
};

/// To be called inside of a task of a pool, as often as one likes: those who wait for the task see it (AsyncResult::onProgress(), future(),
/// and every Monitor). Calls that follow each other within some hundredths of a second may be left out, but never the one with `done`
/// equal to `total`. Outside of tasks nothing happens.
///
/// \code
/// for (int row = 0; row < rows; ++row) {
///     render(row);
///     reportProgress(row + 1, rows);
/// }
/// \endcode
///
/// \param done   how much of it is done, in whatever it is counted by
/// \param total  how much there is; 0 when it is not known
/// \param text   for people; as many characters are shown as there is room for
/// From the thread that runs the task.
void reportProgress(qint64 done, qint64 total, const QString &text = {});

/// Whether the task that this thread runs has been cancelled, or has run out of time, or its pool was terminated. Processes are killed then; a thread cannot be, and
/// does well to ask now and then. False outside of tasks.
bool isTaskCancelled();

} // namespace procession
