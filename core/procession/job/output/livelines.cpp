// SPDX-License-Identifier: MIT
#include <procession/job/output/livelines.h>

#include <utility>

namespace procession {

void LiveLines::add(const OutputPiece &piece)
{
    Task &task = m_tasks[piece.task];
    if (piece.attempt > task.attempt) {
        drop(task.out);
        drop(task.err);
        task = Task{piece.attempt, piece.worker, {}, {}};
    }
    Stream &stream = piece.isError ? task.err : task.out;
    if (piece.attempt < task.attempt || stream.hasGap)
        return;
    const bool follows = piece.offset == stream.printed + stream.pending.size();
    if (!follows || m_memory + piece.bytes.size() > m_memoryBound) {
        stream.hasGap = true;
        return;
    }
    m_memory += piece.bytes.size();
    const qsizetype lineEnd = piece.bytes.lastIndexOf('\n') + 1;
    if (lineEnd > 0)
        stream.lines = stream.pending.size() + lineEnd;
    stream.pending += piece.bytes;
}

QByteArray LiveLines::takeLines(TaskIndex task, bool isError)
{
    const auto found = m_tasks.find(task);
    if (found == m_tasks.end())
        return {};
    Stream &stream = isError ? found->second.err : found->second.out;
    const qsizetype size = std::exchange(stream.lines, 0);
    QByteArray lines = stream.pending.left(size);
    stream.pending.remove(0, size);
    stream.printed += size;
    m_memory -= size;
    return lines;
}

int LiveLines::worker(TaskIndex task) const
{
    const auto found = m_tasks.find(task);
    return found == m_tasks.end() ? 0 : found->second.worker;
}

qint64 LiveLines::printed(const Attempt &attempt, bool isError) const
{
    const auto found = m_tasks.find(attempt.task);
    if (found == m_tasks.end() || found->second.attempt != attempt.number)
        return 0;
    return isError ? found->second.err.printed : found->second.out.printed;
}

void LiveLines::end(const Attempt &attempt)
{
    const auto found = m_tasks.find(attempt.task);
    if (found == m_tasks.end() || found->second.attempt > attempt.number)
        return;
    drop(found->second.out);
    drop(found->second.err);
    m_tasks.erase(found);
}

void LiveLines::drop(Stream &stream)
{
    m_memory -= stream.pending.size();
    stream = {};
}

} // namespace procession
