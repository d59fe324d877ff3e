// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>
#include <procession/pool/options/pooloutput.h>
#include <procession/pool/output/linesplitter.h>
#include <procession/pool/output/tasksplitter.h>

#include <optional>

namespace procession {

/// The pool's end of the pipe that carries one output stream of a worker.
class WorkerOutputReader
{
public:
    static constexpr qsizetype MostWords = 4096; ///< bytes of lastWords()

    /// \param pipe  non-blocking
    /// \param mark  see TaskSplitter
    WorkerOutputReader(Descriptor pipe, PoolOutput output, const QByteArray &mark);

    int descriptor() const { return m_pipe.get(); }
    /// Whether no process can write to the pipe any more.
    bool hasEnded() const { return m_hasEnded; }
    bool isCaptured() const { return m_tasks.has_value(); }

    /// Reads what is there, up to about 64 KiB. Does not block. \returns whether there was anything
    /// \throws SystemError
    bool read();

    /// The complete lines. \post there are none
    QByteArray takeLines() { return std::exchange(m_whole, {}); }
    bool hasUnfinishedLine() const { return m_lines.hasUnfinishedLine(); }
    void finishLine() { m_whole += m_lines.finishLine(); }

    /// The output of a task whose end was marked. \pre isCaptured()
    QByteArray take(quint64 task);
    /// The output, up to now, of the task whose end was not marked yet. \pre isCaptured()
    QByteArray present() const { return m_tasks->present(); }
    /// The output after the last marked end. \pre isCaptured()
    QByteArray takeRest();

    /// The end of all output, from the beginning of a line if there is one within it.
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
