// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/wire/decoder.h>
#include <procession/ipc/wire/encoder.h>
#include <procession/pool/options/taskoptions.h>
#include <procession/pool/shared/taskprogress.h>
#include <procession/pool/tasks/calloutput.h>

#include <QtCore/QByteArray>

#include <exception>
#include <functional>
#include <utility>
#include <vector>

namespace procession {

/// Calls of a Submission that are handed out together, as one task.
struct TaskChunk
{
    quint64 first = 0;
    quint32 count = 0;
};

/// The calls of one map(), apply() or the like, and their outcomes. Calls are numbered from 0, handed
/// out in order, and end in any order, each once.
///
/// The pool calls it with its lock held, so its functions must be quick and must not use the pool.
class Submission
{
public:
    /// Actions for the pool's thread once the pool's lock is released.
    using Later = std::vector<std::function<void()>>;
    /// The outcomes of calls that a thread of this process made.
    struct MadeHere
    {
        std::function<void()> deliver; ///< gives them to the batch; requires the pool's lock
        quint32 failures = 0; ///< number of calls that threw
    };
    using CallsHere = std::function<MadeHere()>;

    Submission(const TaskOptions &options, const QByteArray &functionName) : m_options(options), m_functionName(functionName) { }
    Q_DISABLE_COPY_MOVE(Submission)
    virtual ~Submission() = default;

    const TaskOptions &options() const { return m_options; }
    const QByteArray &functionName() const { return m_functionName; }
    /// TaskFunctionName::number, which the pool assigns.
    quint32 functionNumber() const { return m_functionNumber; }
    void setFunctionNumber(quint32 number) { m_functionNumber = number; }
    /// For people: "render", "render, item 7 of 20", or "render, item 7" where more may follow.
    QString describe(const TaskChunk &chunk) const;

    /// The number of calls so far.
    virtual quint64 size() const = 0;
    /// Whether more calls may follow.
    virtual bool mayGrow() const { return false; }
    /// The number of calls that were not handed out.
    quint64 waiting() const { return m_isCancelled ? 0 : size() - m_next; }
    /// Hands out the next calls, at most that many.
    TaskChunk takeChunk(quint32 most);

    /// The encoded RemoteFunction, for other processes. \throws NotTransferable
    virtual const QByteArray &encodedFunction() = 0;
    /// Encodes the arguments of calls, for other processes.
    /// \returns bytes to append: a row of numbers or the like, in place
    /// \throws whatever encoding throws
    virtual QByteArrayView encodeArguments(Encoder &encoder, const TaskChunk &chunk) = 0;
    /// Prepares calls for a thread of this process.
    /// \param again  whether they may be retried
    virtual CallsHere callsHere(const TaskChunk &chunk, bool again) = 0;

    /// Decodes the outcomes of calls, as a RemoteFunction wrote them.
    /// When they cannot be decoded, the calls whose outcomes it did not reach fail with that error.
    virtual void readOutcomes(Decoder &decoder, const TaskChunk &chunk) = 0;
    /// A worker announces that a call has returned that many bytes, which follow.
    virtual void expect(const TaskChunk &, quint64) { }
    /// The output of the task with these calls; called before their outcomes.
    virtual void captured(const TaskChunk &chunk, CallOutput &&output) = 0;
    virtual void fail(const TaskChunk &chunk, const std::exception_ptr &exception) = 0;
    /// One of the tasks reports its progress.
    virtual void progressed(const TaskProgress &progress) = 0;
    /// Whether the results are no longer wanted.
    virtual bool isUnwanted() const { return false; }
    /// Adds the actions that follow from ended calls.
    virtual void takeLater(Later &) { }

    /// Fails the calls that were not handed out.
    void failWaiting(const std::exception_ptr &exception);
    /// Hands out no more calls.
    void cancel() { m_isCancelled = true; }
    bool isCancelled() const { return m_isCancelled; }

    /// The approximate duration of one call in nanoseconds; 0 while unknown. It determines the size of chunks.
    qint64 callTime() const { return m_callTime; }
    void noteTime(const TaskChunk &chunk, qint64 nanoseconds);

    /// The number of calls added since the last call of this function.
    quint64 takeNew() { return size() - std::exchange(m_counted, size()); }
    /// Whether its pool lists it as having calls to hand out.
    bool isListed() const { return m_isListed; }
    void setListed(bool listed) { m_isListed = listed; }

private:
    TaskOptions m_options;
    QByteArray m_functionName;
    quint32 m_functionNumber = 0;
    quint64 m_next = 0;
    quint64 m_counted = 0;
    bool m_isListed = false;
    qint64 m_callTime = 0;
    bool m_isCancelled = false;
};

} // namespace procession
