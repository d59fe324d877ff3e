// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

#include <QtCore/QByteArray>
#include <QtCore/QFile>
#include <QtCore/QTemporaryFile>

#include <cstdio>
#include <unistd.h>

/// Turns one of this process's streams elsewhere, for as long as it lives. A check that fails meanwhile may be said there: compare after
/// end().
///
/// \code
/// CaughtStream caught(STDOUT_FILENO);
/// …
/// QCOMPARE(caught.end(), "what was written");
/// \endcode
class CaughtStream
{
public:
    /// Into a file.
    explicit CaughtStream(int stream) : m_stream(stream)
    {
        if (!m_file.open())
            qFatal("no temporary file");
        turnTo(m_file.handle());
    }
    /// Into something else.
    CaughtStream(int stream, int other) : m_stream(stream) { turnTo(other); }
    ~CaughtStream() { turnBack(); }
    Q_DISABLE_COPY_MOVE(CaughtStream)

    /// What is in the file so far.
    QByteArray text() const
    {
        QFile file(m_file.fileName());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QByteArray end()
    {
        turnBack();
        return text();
    }

private:
    void turnTo(int other)
    {
        std::fflush(stdout);
        m_before = procession::Descriptor(::dup(m_stream));
        if (!m_before.isValid() || ::dup2(other, m_stream) < 0)
            qFatal("the stream cannot be turned");
    }
    void turnBack()
    {
        std::fflush(stdout);
        if (m_before.isValid())
            ::dup2(m_before.get(), m_stream);
        m_before.reset();
    }

    int m_stream;
    QTemporaryFile m_file;
    procession::Descriptor m_before;
};
