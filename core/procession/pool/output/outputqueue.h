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
    /// What is to be written next: whole lines where they are short enough to be written in one piece.
    QByteArray next() const;
    /// So many bytes of it have been written, or dropped.
    void remove(qsizetype size);

private:
    int m_stream;
    QByteArray m_bytes;
    qsizetype m_begin = 0;
};

} // namespace procession
