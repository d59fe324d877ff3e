// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

namespace procession {

/// Lines that wait to be written to a stream of this process.
class OutputQueue
{
public:
    /// \param stream  StandardOutput or StandardError
    explicit OutputQueue(int stream) : m_stream(stream) { }

    int stream() const { return m_stream; }
    bool isEmpty() const { return size() == 0; }
    qsizetype size() const { return m_bytes.size() - m_begin; }
    void add(const QByteArray &lines) { m_bytes += lines; }
    /// The bytes to write next: whole lines, if they are short enough for one write.
    QByteArray next() const;
    /// Removes bytes that were written or dropped.
    void remove(qsizetype size);

private:
    int m_stream;
    QByteArray m_bytes;
    qsizetype m_begin = 0;
};

} // namespace procession
