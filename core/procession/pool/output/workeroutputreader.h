// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>
#include <procession/pool/options/pooloutput.h>
#include <procession/pool/output/linesplitter.h>
#include <procession/pool/output/tasksplitter.h>

#include <optional>

namespace procession {

/// One of the output streams of a worker, at its pool's end of the pipe.
class WorkerOutputReader
{
public:
    static constexpr qsizetype MostWords = 4096; ///< bytes of lastWords()

    /// \param pipe  does not block
    /// \param mark  see TaskSplitter
    WorkerOutputReader(Descriptor pipe, PoolOutput output, const QByteArray &mark);

    int descriptor() const { return m_pipe.get(); }
    /// Whether nobody can write to it any more.
    bool hasEnded() const { return m_hasEnded; }
    bool isCaptured() const { return m_tasks.has_value(); }

    /// Reads what there is, up to some 64 KiB. Does not block. \returns whether there was anything
    /// \throws SystemError
    bool read();

    /// Lines that are whole. \post there are none
    QByteArray takeLines() { return std::exchange(m_whole, {}); }
    bool hasUnfinishedLine() const { return m_lines.hasUnfinishedLine(); }
    void finishLine() { m_whole += m_lines.finishLine(); }

    /// What a task wrote that has told its end. \pre isCaptured()
    QByteArray take(quint64 task);
    /// What its task has written until now, which has not told its end. \pre isCaptured()
    QByteArray present() const { return m_tasks->present(); }
    /// What was written after the end of the last task that told its. \pre isCaptured()
    QByteArray takeRest();

    /// The end of all that was written, from the beginning of a line if it has one there.
    QByteArray lastWords() const;

private:
    void add(QByteArrayView bytes);

    Descriptor m_pipe;
    bool m_hasEnded = false;
    LineSplitter m_lines;
    QByteArray m_whole;
    std::optional<TaskSplitter> m_tasks;
    QByteArray m_words;
};

} // namespace procession
