// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QByteArrayView>
#include <QtCore/QString>

namespace procession {

/// Bytes as people can read them on one line: UTF-8 as its characters, anything else as an escape.
///
/// \code
/// displayText("a\nb\xff");     // reads a\nb\xff
/// \endcode
///
/// Escaped are bytes that are not UTF-8 (`\xff`), control characters (`\n`, `\t`, `\x1b`), and characters that would reorder or
/// hide text (`\u202e`). A backslash stays as it is. From any thread.
QString displayText(QByteArrayView bytes);

/// As displayText(), but line ends and tabs stay what they are: for output. `\r\n` ends a line too.
QString displayLines(QByteArrayView bytes);

/// "0.35 s", "12.3 s", "4:02", "1:02:03", "2 d 3:04:05"; in the person's locale.
QString durationText(qint64 microseconds);

/// A duration in whole seconds, for figures that change as one looks: "0:02", "4:02", "1:02:03".
QString clockText(qint64 microseconds);

/// "81 MB", "1.2 GB"; in the person's locale.
QString sizeText(qint64 bytes);

/// A time of today as time of day, any other with its date; empty for 0.
/// \param microseconds  since the epoch, UTC
QString timeText(qint64 microseconds);

/// With the person's group separators: "1,204".
QString countText(qint64 count);

/// How many tasks a job has: "1,204", or "1,204+" when more may come.
QString totalText(qint64 total, bool moreMayCome);

/// "98%"; `ratio` is 0.98.
QString percentText(double ratio);

/// "1.5" below ten, "34" above.
QString rateText(double perSecond);

/// A text of at most `most` characters (at least 3): of a longer one the beginning and the end, with an ellipsis between them.
QString shortened(const QString &text, qsizetype most);

} // namespace procession
