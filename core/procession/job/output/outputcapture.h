// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/output/spoolfolder.h>
#include <procession/job/output/spoolspace.h>
#include <procession/job/task/attempt.h>

#include <QtCore/QFile>

#include <cerrno>
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
    /// No error of a file, so that it cannot be taken for one.
    static constexpr int TooMuch = E2BIG;

    OutputCapture() = default;
    /// \param memory  bytes to keep in memory
    /// \param file    the file for more; made when it is needed
    /// \param space   says whether there is room for it, and outlives this; null: there is
    OutputCapture(qsizetype memory, const SpoolFile &file, SpoolSpace *space = nullptr);

    void append(const char *bytes, qsizetype count);
    /// Nothing more is kept: the attempt has written too much.
    void refuseMore() { m_stream.error = TooMuch; }
    /// The errno of a failure to keep what has come; 0 while there is none.
    int error() const { return m_stream.error; }
    /// How many bytes have come so far.
    qint64 size() const { return m_stream.size; }
    /// What has come so far; a file among it is still being written.
    CapturedStream soFar() const { return m_stream; }
    /// What has come, with the file closed.
    CapturedStream take();

private:
    void spill();
    void giveUpFile();
    void writeToFile(const char *bytes, qsizetype count);

    CapturedStream m_stream;
    qsizetype m_memory = 0;
    SpoolFile m_place;
    SpoolSpace *m_space = nullptr;
    std::unique_ptr<QFile> m_file;
    qint64 m_inFile = 0; // bytes
};

} // namespace procession
