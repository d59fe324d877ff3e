// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

#include <deque>

namespace procession {

/// Separates a worker's output by task. The worker writes a mark at the end of each task: a random
/// number of the pool, which no other output contains, and the task's id.
class TaskSplitter
{
public:
    static constexpr qsizetype MarkSize = 16; ///< bytes, without the id
    static constexpr qsizetype MostOfTask = qsizetype(1) << 20; ///< bytes kept of one task
    static constexpr qsizetype MostKept = qsizetype(16) << 20; ///< bytes kept of all tasks whose output was not taken

    /// \param mark  MarkSize bytes
    explicit TaskSplitter(const QByteArray &mark) : m_mark(mark) { }

    /// Draws a new mark.
    static QByteArray drawMark();
    /// What a worker writes at the end of a task.
    static QByteArray endOf(quint64 task, const QByteArray &mark);

    /// \returns the bytes without marks
    QByteArray add(QByteArrayView bytes);
    bool hasEnded(quint64 task) const;
    /// The output of a task; frees it and that of all tasks that ended before.
    QByteArray take(quint64 task);
    /// The output of the unfinished task so far.
    QByteArray present() const { return m_present.text + m_unread; }
    /// Bytes that may turn out to be the beginning of a mark.
    const QByteArray &unread() const { return m_unread; }
    /// The output after the last mark, once no more can come.
    QByteArray takeRest();

private:
    struct Part
    {
        quint64 task = 0;
        QByteArray text{};
        qsizetype dropped = 0;
    };

    qsizetype possibleMark() const;
    void keep(QByteArrayView text);
    QByteArray given(Part &&part);

    QByteArray m_mark;
    QByteArray m_unread; ///< may be the beginning of a mark
    Part m_present;
    std::deque<Part> m_ended;
    qsizetype m_kept = 0;
};

} // namespace procession
