// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/exceptions/exceptioncodec.h>
#include <procession/job/task/attempt.h>
#include <procession/platform/base/processerror.h>

#include <QtCore/QFile>

#include <string>
#include <vector>

class QIODevice;

namespace procession {

/// A job log cannot be opened or written. what() names the file and the reason.
class JobLogError : public ProcessError
{
public:
    using ProcessError::ProcessError;
};
inline const KnownException<JobLogError> jobLogErrorIsKnown{"procession::JobLogError"};

/// A line of a job log: how a task ended.
struct JobLogEntry
{
    qint64 sequence = 0; ///< the task's number, from 1
    QByteArray host = ":"; ///< where it ran; ":" for this machine
    qint64 startedAt = 0; ///< microseconds since the epoch, UTC; the file has milliseconds
    qint64 duration = 0; ///< microseconds
    qint64 sent = 0;
    qint64 received = 0; ///< bytes that it wrote to stdout
    int exitValue = 0; ///< -1 for an attempt that timed out or was lost
    int signal = 0;
    QByteArray command; ///< TaskSource::description

    /// \param command  the task's description
    static JobLogEntry of(const Attempt &attempt, const QByteArray &command);
    bool isSuccess() const { return exitValue == 0 && signal == 0; }

    friend bool operator==(const JobLogEntry &, const JobLogEntry &) = default;
};

/// Writes a job log in GNU parallel's format.
///
/// \code
/// JobLogWriter log("resize.log", JobLogWriter::Mode::Append);
/// log.write(JobLogEntry::of(attempt, source.description(attempt.task)));
/// \endcode
///
/// Each line is written at once, so that what is killed leaves whole lines and at most one torn one at the end. To be used from one
/// thread at a time. Blocks as long as the file system does.
class JobLogWriter
{
public:
    enum class Mode : quint8 {
        Replace, ///< begin anew
        Append, ///< go on behind what is there, but for a torn last line, which is cut off
    };

    /// \throws JobLogError; InvalidInput "joblog.header" when there is another kind of file to append to, which stays as it is
    JobLogWriter(const QString &path, Mode mode);

    /// \throws JobLogError
    void write(const JobLogEntry &entry);

private:
    void writeLine(const QByteArray &line);
    void prepareToAppend();
    [[noreturn]] void fail(const char *action) const;
    [[noreturn]] void fail(const char *action, const std::string &reason) const;

    QFile m_file;
};

/// Reads a job log that JobLogWriter or GNU parallel wrote; the entries are in the order of the file, and a task that was run again has
/// several. A last line without its newline is torn, and left out.
/// \throws InvalidInput "joblog.header" when it is no job log, "joblog.line" naming the line that is wrong
std::vector<JobLogEntry> readJobLog(QIODevice &device);
/// \throws JobLogError also when the file cannot be opened
std::vector<JobLogEntry> readJobLog(const QString &path);

} // namespace procession
