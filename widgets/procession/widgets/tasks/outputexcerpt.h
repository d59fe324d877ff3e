// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/task/attempt.h>

#include <QtCore/QString>

namespace procession {

/// What of a stream is shown: all of it when it is short, otherwise its beginning and its end.
struct OutputExcerpt
{
    QString text; ///< legible whatever the bytes are; no line is longer than views can bear
    qint64 size = 0; ///< of the stream
    qint64 omitted = 0; ///< bytes left out in the middle
    int captureError = 0; ///< errno: why not all of the output could be kept; 0 for none
    QString readError; ///< why the file could not be read; empty for none

    static constexpr qint64 PartSize = 512 * 1024; ///< bytes shown of each end

    friend bool operator==(const OutputExcerpt &, const OutputExcerpt &) = default;
};

/// Reads a stream's file where there is one, so not on the thread of a GUI. From any thread.
/// \param omission  the line that stands for what is left out; `%1` becomes its size
OutputExcerpt makeExcerpt(const CapturedStream &stream, const QString &omission);

} // namespace procession
