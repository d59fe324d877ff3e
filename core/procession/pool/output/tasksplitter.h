// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

#include <deque>

namespace procession {

/// Tells what a worker wrote during one task from what it wrote during others, by marks that it writes at the end of each. A mark is a
/// number that was drawn for the pool and that nobody else writes, and the task's id.
class TaskSplitter
{
public:
    static constexpr qsizetype MarkSize = 16; ///< bytes, before the id
    static constexpr qsizetype MostOfTask = qsizetype(1) << 20; ///< bytes that are kept
    static constexpr qsizetype MostKept = qsizetype(16) << 20; ///< of all tasks that have not been taken

    /// \param mark  MarkSize bytes
    explicit TaskSplitter(const QByteArray &mark) : m_mark(mark) { }

    /// A mark that is drawn now.
    static QByteArray drawMark();
    /// What is written at the end of a task.
    static QByteArray endOf(quint64 task, const QByteArray &mark);

    /// \returns the bytes without marks
    QByteArray add(QByteArrayView bytes);
    bool hasEnded(quint64 task) const;
    /// What a task wrote, and forgets it and all that ended before.
    QByteArray take(quint64 task);
    /// What the task that has not ended yet wrote so far.
    QByteArray present() const { return m_present.text + m_unread; }
    /// What may yet turn out to be the beginning of a mark.
    const QByteArray &unread() const { return m_unread; }
    /// What was written since the last mark: nothing more will come.
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
