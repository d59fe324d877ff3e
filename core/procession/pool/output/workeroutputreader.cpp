// SPDX-License-Identifier: MIT
#include <procession/pool/output/workeroutputreader.h>

#include <array>
#include <utility>

namespace procession {

WorkerOutputReader::WorkerOutputReader(Descriptor pipe, PoolOutput output, const QByteArray &mark) : m_pipe(std::move(pipe))
{
    if (output == PoolOutput::Capture)
        m_tasks.emplace(mark);
}

bool WorkerOutputReader::read()
{
    std::array<char, 65'536> buffer;
    const auto count = m_pipe.read(buffer);
    m_hasEnded = count == std::size_t(0);
    if (!count || m_hasEnded)
        return false;
    const QByteArrayView bytes(buffer.data(), static_cast<qsizetype>(*count));
    if (m_tasks) {
        add(m_tasks->add(bytes));
    } else {
        add(bytes);
        m_whole += m_lines.add(bytes);
    }
    return true;
}

void WorkerOutputReader::add(QByteArrayView bytes)
{
    constexpr qsizetype Slack = MostWords + 1; // shows where the first line begins
    if (bytes.size() >= Slack) {
        m_words = bytes.last(Slack).toByteArray();
    } else {
        m_words += bytes;
        if (m_words.size() > Slack)
            m_words.remove(0, m_words.size() - Slack);
    }
}

QByteArray WorkerOutputReader::take(quint64 task)
{
    while (!m_tasks->hasEnded(task)) {
        if (!read())
            break;
    }
    return m_tasks->take(task);
}

QByteArray WorkerOutputReader::takeRest()
{
    add(m_tasks->unread());
    return m_tasks->takeRest();
}

QByteArray WorkerOutputReader::lastWords() const
{
    if (m_words.size() <= MostWords)
        return m_words;
    const qsizetype newLine = m_words.indexOf('\n');
    const bool hasMore = newLine >= 0 && newLine + 1 < m_words.size();
    return m_words.sliced(hasMore ? newLine + 1 : 1);
}

} // namespace procession
