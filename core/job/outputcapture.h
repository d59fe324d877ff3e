// SPDX-License-Identifier: MIT
#pragma once

#include <procession/attempt.h>

#include <QtCore/QFile>

#include <memory>

namespace procession {

/// Takes the bytes of one stream as they come: the first into memory, and all of them into a file once there are too many.
///
/// \code
/// OutputCapture capture(64 * 1024, spool + "/12.1.out");
/// capture.append(bytes, count);
/// CapturedStream stream = capture.take();
/// \endcode
///
/// Never throws: a file that cannot be written is noted in CapturedStream::error, and what comes after is counted and dropped, so that the
/// writer at the other end is never held up.
class OutputCapture
{
public:
    OutputCapture() = default;
    /// \param memory  bytes to keep in memory
    /// \param file    the file for more; made when it is needed
    OutputCapture(qsizetype memory, const QString &file);

    void append(const char *bytes, qsizetype count);
    /// How many bytes have come so far.
    qint64 size() const { return m_stream.size; }
    /// What has come so far; a file among it is still being written.
    CapturedStream soFar() const { return m_stream; }
    /// What has come, with the file closed.
    CapturedStream take();

private:
    void spill();
    void writeToFile(const char *bytes, qsizetype count);

    CapturedStream m_stream;
    qsizetype m_memory = 0;
    QString m_path;
    std::unique_ptr<QFile> m_file;
};

} // namespace procession
