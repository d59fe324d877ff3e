// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/task/states.h>
#include <procession/platform/processes/exitstatus.h>

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace procession {

/// The place of a task in its job, from 0. People and job logs count from 1 (`{#}`): that is `index + 1`.
using TaskIndex = quint32;

/// One stream (stdout or stderr) of one attempt: small output in memory, large output in a file.
///
/// All `size` bytes are in `bytes` when `file` is empty. Otherwise all of them are in the file `file`, and `bytes`
/// holds the first part for a quick look. `error` is the errno of a failure to keep the output (ENOSPC for a full
/// disk, OutputCapture::TooMuch for more than an attempt may write); what could be kept is still there.
struct CapturedStream
{
    QByteArray bytes;
    QString file;
    qint64 size = 0;
    int error = 0;

    bool isInFile() const { return !file.isEmpty(); }
};

/// What an attempt wrote.
struct TaskOutput
{
    CapturedStream out;
    CapturedStream err;
};

/// Bytes that a running attempt has just written.
struct OutputPiece
{
    TaskIndex task = 0;
    int attempt = 1;
    int worker = 0;
    bool isError = false; ///< whether to stderr
    qint64 offset = 0; ///< how many bytes of the stream came before
    QByteArray bytes;
};

/// One try at a task, from its start to its end. A plain value; copies share the output.
struct Attempt
{
    TaskIndex task = 0;
    int number = 1; ///< 1 for the first try at this task
    int worker = 0; ///< from 1, as `{%}`
    qint64 pid = 0; ///< 0 when it never started, or when it is not a process of this machine
    qint64 startedAt = 0; ///< microseconds since the epoch, UTC
    qint64 duration = 0; ///< microseconds of wall time
    qint64 cpuTime = 0; ///< microseconds, user and system, of the process and what it waited for
    qint64 peakMemory = 0; ///< bytes
    ExitStatus status;
    EndCause cause = EndCause::Itself;
    bool leftProcesses = false; ///< processes that it started outlived it (and were ended, unless the options keep them)
    TaskOutput output;
};

/// What a job keeps of each task in memory: its state and the figures of its last attempt.
struct TaskRecord
{
    TaskState state = TaskState::Queued;
    EndCause cause = EndCause::Itself;
    bool leftProcesses = false;
    quint16 attempts = 0; ///< started so far
    qint32 worker = 0; ///< of the last attempt, from 1; 0 before the first
    ExitStatus status; ///< of the last attempt that ended
    qint64 startedAt = 0; ///< of the last attempt, microseconds since the epoch; 0 before the first
    qint64 duration = 0; ///< of the last attempt that ended, microseconds
};

} // namespace procession
