// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/task/attempt.h>

#include <QtCore/QTemporaryFile>

#include <optional>
#include <unordered_map>
#include <vector>

namespace procession {

/// Puts what tasks wrote into the order of the tasks, holding what came too early.
///
/// \code
/// OutputSequencer sequencer;
/// sequencer.add(attemptOfTask1);
/// sequencer.next();                       // nothing: task 0 is missing
/// sequencer.add(attemptOfTask0);
/// while (const auto attempt = sequencer.next())
///     print(attempt->output);             // task 0, then task 1
/// \endcode
///
/// At most `memoryBound` bytes of output are held in memory; more goes to a temporary file without a name.
/// Output that is in a file anyway stays there. To be used from one thread.
class OutputSequencer
{
public:
    static constexpr qint64 DefaultMemoryBound = qint64(32) * 1024 * 1024;

    explicit OutputSequencer(qint64 memoryBound = DefaultMemoryBound);

    /// What a task wrote. A task is given once, by add() or by skip().
    void add(Attempt attempt);
    /// A task that has no output to wait for.
    void skip(TaskIndex task);
    /// The task whose turn it is.
    TaskIndex turn();
    /// The attempt whose turn it is, if it is here.
    std::optional<Attempt> next();

    qint64 memoryUsed() const { return m_memory; }

private:
    struct Held
    {
        Attempt attempt;
        qint64 offset = -1; // in the file; -1 when it is in memory
        qint64 outSize = 0; // bytes that are in the file
        qint64 errSize = 0;
    };

    bool spill(Held &held);
    void unspill(Held &held);
    bool isSkipped(TaskIndex task) const;
    void forgetSkipped();

    qint64 m_memoryBound;
    qint64 m_memory = 0;
    TaskIndex m_next = 0;
    TaskIndex m_skippedFrom = 0; // all before it have had their turn
    std::vector<bool> m_skipped; // from m_skippedFrom on, as far as any was skipped
    std::unordered_map<TaskIndex, Held> m_held;
    QTemporaryFile m_file;
    qint64 m_fileEnd = 0;
    qsizetype m_spilled = 0;
};

} // namespace procession
