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

/// Some calls of a TaskBatch that are handed out together, as one task.
struct TaskChunk
{
    quint64 first = 0;
    quint32 count = 0;
};

/// The calls that one map(), apply() or the like asks for, and what comes of them. Calls are numbered from 0, handed out in order, and
/// end in any order, each once.
///
/// Its pool calls it with its lock held; so what it does must be quick and must not use the pool.
class TaskBatch
{
public:
    /// What is to be done when the pool's lock is free again, in the pool's thread.
    using Later = std::vector<std::function<void()>>;
    /// The outcomes of calls that were made here.
    struct MadeHere
    {
        std::function<void()> deliver; ///< gives them to the batch, with the pool's lock held
        quint32 failures = 0; ///< how many threw
    };
    using CallsHere = std::function<MadeHere()>;

    TaskBatch(const TaskOptions &options, const QByteArray &functionName) : m_options(options), m_functionName(functionName) { }
    Q_DISABLE_COPY_MOVE(TaskBatch)
    virtual ~TaskBatch() = default;

    const TaskOptions &options() const { return m_options; }
    const QByteArray &functionName() const { return m_functionName; }
    /// TaskFunctionName::number, which the pool gives it.
    quint32 functionNumber() const { return m_functionNumber; }
    void setFunctionNumber(quint32 number) { m_functionNumber = number; }
    /// For people: "render", "render, item 7 of 20", or "render, item 7" where more may come.
    QString describe(const TaskChunk &chunk) const;

    /// How many calls there are so far.
    virtual quint64 size() const = 0;
    /// Whether there may be more later.
    virtual bool mayGrow() const { return false; }
    /// How many of them nobody has been given.
    quint64 waiting() const { return m_isCancelled ? 0 : size() - m_next; }
    /// The next calls, at most that many; they are handed out now.
    TaskChunk handOut(quint32 most);

    /// The bytes of the TaskFunction, for other processes. \throws NotTransferable
    virtual const QByteArray &encodedFunction() = 0;
    /// Writes the arguments of calls, for other processes.
    /// \returns what follows them: the bytes of a row of numbers and the like, where they lie
    /// \throws whatever encoding throws
    virtual QByteArrayView encodeArguments(Encoder &encoder, const TaskChunk &chunk) = 0;
    /// Calls for a thread of this process.
    /// \param again  whether they may be made again
    virtual CallsHere callsHere(const TaskChunk &chunk, bool again) = 0;

    /// Reads the outcomes of calls, as a TaskFunction wrote them.
    /// \throws DecodeError, or what a Codec throws; the calls whose outcomes it did not come to have failed with that
    virtual void readOutcomes(Decoder &decoder, const TaskChunk &chunk) = 0;
    /// A worker tells that a call has returned so many bytes, and is about to send them.
    virtual void expect(const TaskChunk &, quint64) { }
    /// What the task with these calls wrote; before their outcomes.
    virtual void captured(const TaskChunk &chunk, CallOutput &&output) = 0;
    virtual void fail(const TaskChunk &chunk, const std::exception_ptr &exception) = 0;
    /// One of the tasks tells how far it is.
    virtual void progressed(const TaskProgress &progress) = 0;
    /// Whether nobody wants the results any more.
    virtual bool isUnwanted() const { return false; }
    /// What there is to do now that calls have ended.
    virtual void takeLater(Later &) { }

    /// Fails all calls that were not handed out, and those only.
    void failWaiting(const std::exception_ptr &exception);
    /// No more calls are handed out.
    void cancel() { m_isCancelled = true; }
    bool isCancelled() const { return m_isCancelled; }

    /// Nanoseconds that one call takes, about; 0 before that is known. It decides on the size of chunks.
    qint64 callTime() const { return m_callTime; }
    void noteTime(const TaskChunk &chunk, qint64 nanoseconds);

    /// Calls that have come since this was last asked.
    quint64 takeNew() { return size() - std::exchange(m_counted, size()); }
    /// Whether it is among those that its pool hands out from.
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
