// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

namespace procession {

/// Makes whole lines of bytes that come in pieces.
class LineSplitter
{
public:
    static constexpr qsizetype LongestLine = qsizetype(1) << 20; ///< bytes; longer ones are broken

    /// \returns the lines that are whole now, with their ends
    QByteArray add(QByteArrayView bytes);
    bool hasUnfinishedLine() const { return !m_line.isEmpty(); }
    /// \returns the line that has no end, with one; or nothing
    QByteArray finishLine();

private:
    QByteArray m_line;
};

} // namespace procession
