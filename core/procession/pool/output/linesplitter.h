// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

namespace procession {

/// Assembles whole lines from pieces of a stream.
class LineSplitter
{
public:
    static constexpr qsizetype LongestLine = qsizetype(1) << 20; ///< bytes; a longer line is broken

    /// \returns the lines that are complete now, with their ends
    QByteArray add(QByteArrayView bytes);
    bool hasUnfinishedLine() const { return !m_line.isEmpty(); }
    /// \returns the unfinished line with an end added, or nothing
    QByteArray finishLine();

private:
    QByteArray m_line;
};

} // namespace procession
