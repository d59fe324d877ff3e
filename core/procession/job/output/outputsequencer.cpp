// SPDX-License-Identifier: MIT
#include <procession/job/output/outputsequencer.h>

#include <procession/platform/base/processerror.h>

#include <algorithm>
#include <utility>

namespace procession {

namespace {

qint64 memoryOf(const TaskOutput &output) { return output.out.bytes.size() + output.err.bytes.size(); }

} // namespace

OutputSequencer::OutputSequencer(qint64 memoryBound) : m_memoryBound(memoryBound) { }

void OutputSequencer::add(Attempt attempt)
{
    Held held{std::move(attempt)};
    // A stream in a file needs no second copy of its beginning.
    for (CapturedStream *stream : {&held.attempt.output.out, &held.attempt.output.err}) {
        if (stream->isInFile())
            stream->bytes = QByteArray();
    }
    const qint64 size = memoryOf(held.attempt.output);
    const bool inTurn = held.attempt.task == m_next;
    if (inTurn || m_memory + size <= m_memoryBound || !spill(held))
        m_memory += size;
    const TaskIndex task = held.attempt.task;
    m_held.insert_or_assign(task, std::move(held));
}

void OutputSequencer::skip(TaskIndex task)
{
    forgetSkipped();
    Q_ASSERT(task >= m_skippedFrom);
    const std::size_t place = task - m_skippedFrom;
    if (place >= m_skipped.size())
        m_skipped.resize(place + 1);
    m_skipped[place] = true;
}

bool OutputSequencer::isSkipped(TaskIndex task) const
{
    const std::size_t place = task - m_skippedFrom;
    return place < m_skipped.size() && m_skipped[place];
}

/// Now and then, since tasks may come without end.
void OutputSequencer::forgetSkipped()
{
    constexpr std::size_t LeastForgotten = 65'536;
    if (m_next - m_skippedFrom < LeastForgotten)
        return;
    const std::size_t past = std::min<std::size_t>(m_next - m_skippedFrom, m_skipped.size());
    m_skipped.erase(m_skipped.begin(), m_skipped.begin() + static_cast<std::ptrdiff_t>(past));
    m_skippedFrom = m_next;
}

TaskIndex OutputSequencer::turn()
{
    while (isSkipped(m_next))
        ++m_next;
    return m_next;
}

std::optional<Attempt> OutputSequencer::next()
{
    auto found = m_held.extract(turn());
    if (!found)
        return std::nullopt;
    Held held = std::move(found.mapped());
    if (held.offset >= 0)
        unspill(held);
    else
        m_memory -= memoryOf(held.attempt.output);
    ++m_next;
    return std::move(held.attempt);
}

/// \return whether it could: when it cannot, more memory is the lesser evil
bool OutputSequencer::spill(Held &held)
{
    TaskOutput &output = held.attempt.output;
    if (!m_file.isOpen() && !m_file.open())
        return false;
    const qint64 size = memoryOf(output);
    if (!m_file.seek(m_fileEnd) || m_file.write(output.out.bytes) != output.out.bytes.size()
        || m_file.write(output.err.bytes) != output.err.bytes.size() || !m_file.flush())
        return false;
    held.offset = m_fileEnd;
    held.outSize = output.out.bytes.size();
    held.errSize = output.err.bytes.size();
    m_fileEnd += size;
    ++m_spilled;
    output.out.bytes = QByteArray();
    output.err.bytes = QByteArray();
    return true;
}

void OutputSequencer::unspill(Held &held)
{
    const auto read = [this](CapturedStream &stream, qint64 size) {
        stream.bytes = m_file.read(size);
        if (stream.bytes.size() != size)
            throw SystemError("read", "the held output of a task", EIO);
    };
    if (!m_file.seek(held.offset))
        throw SystemError("seek", "the held output of a task", EIO);
    read(held.attempt.output.out, held.outSize);
    read(held.attempt.output.err, held.errSize);
    if (--m_spilled == 0) {
        m_fileEnd = 0;
        m_file.resize(0);
    }
}

} // namespace procession
