// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/task/attempt.h>

#include <unordered_map>

namespace procession {

/// What running tasks have written and what of it was printed: whole lines, so that those of several tasks do not mix.
///
/// \code
/// LiveLines live;
/// live.add({.task = 3, .bytes = "one\ntw"});
/// print(live.takeLines(3, false));                        // one
/// printRest(attempt, live.printed(attempt, false));       // two, when the attempt has ended, out of its capture
/// \endcode
///
/// Holds at most `memoryBound` bytes. What is more, or comes after a gap, is left to the end of the attempt: all of it is captured. To be used from one thread.
class LiveLines
{
public:
    static constexpr qsizetype DefaultMemoryBound = qsizetype(16) * 1024 * 1024;

    explicit LiveLines(qsizetype memoryBound = DefaultMemoryBound) : m_memoryBound(memoryBound) { }

    void add(const OutputPiece &piece);
    /// The lines that are whole and were not taken yet, of the latest attempt of a task. They count as printed.
    QByteArray takeLines(TaskIndex task, bool isError);
    /// The worker that runs a task that wrote something; 0 for another one.
    int worker(TaskIndex task) const;
    /// How many bytes of an attempt's stream were taken.
    qint64 printed(const Attempt &attempt, bool isError) const;
    /// No more will come of this attempt.
    void end(const Attempt &attempt);

private:
    struct Stream
    {
        qint64 printed = 0;
        QByteArray pending; // comes after that
        qsizetype lines = 0; // how much of it is whole lines
        bool hasGap = false;
    };
    struct Task
    {
        int attempt = 0;
        int worker = 0;
        Stream out;
        Stream err;
    };

    void drop(Stream &stream);

    qsizetype m_memoryBound;
    qsizetype m_memory = 0;
    std::unordered_map<TaskIndex, Task> m_tasks;
};

} // namespace procession
