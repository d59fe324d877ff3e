// SPDX-License-Identifier: MIT
#include <procession/pool/output/tasksplitter.h>

#include <QtCore/QRandomGenerator>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace procession {

QByteArray TaskSplitter::drawMark()
{
    std::array<quint32, MarkSize / sizeof(quint32)> numbers;
    QRandomGenerator::system()->generate(numbers.begin(), numbers.end());
    return {reinterpret_cast<const char *>(numbers.data()), MarkSize};
}

QByteArray TaskSplitter::endOf(quint64 task, const QByteArray &mark)
{
    return mark + QByteArray(reinterpret_cast<const char *>(&task), sizeof task);
}

QByteArray TaskSplitter::add(QByteArrayView bytes)
{
    constexpr qsizetype WholeSize = MarkSize + qsizetype(sizeof(quint64));
    QByteArray text;
    const auto pass = [&](qsizetype size) {
        keep(QByteArrayView(m_unread).first(size));
        text += QByteArrayView(m_unread).first(size);
    };
    m_unread += bytes;
    qsizetype at = 0;
    while ((at = m_unread.indexOf(m_mark)) >= 0 && m_unread.size() - at >= WholeSize) {
        pass(at);
        std::memcpy(&m_present.task, m_unread.constData() + at + MarkSize, sizeof m_present.task);
        m_ended.push_back(std::exchange(m_present, {}));
        m_unread.remove(0, at + WholeSize);
    }
    const qsizetype plain = at >= 0 ? at : m_unread.size() - possibleMark();
    pass(plain);
    m_unread.remove(0, plain);
    return text;
}

/// The number of bytes at the end that may be the beginning of a mark.
qsizetype TaskSplitter::possibleMark() const
{
    qsizetype size = std::min(MarkSize - 1, m_unread.size());
    while (!m_unread.endsWith(m_mark.first(size)))
        --size;
    return size;
}

void TaskSplitter::keep(QByteArrayView text)
{
    const qsizetype room = std::min(MostOfTask - m_present.text.size(), MostKept - m_kept);
    const qsizetype kept = std::clamp<qsizetype>(room, 0, text.size());
    m_present.text += text.first(kept);
    m_present.dropped += text.size() - kept;
    m_kept += kept;
}

bool TaskSplitter::hasEnded(quint64 task) const
{
    return std::any_of(m_ended.rbegin(), m_ended.rend(), [task](const Part &part) { return part.task == task; });
}

QByteArray TaskSplitter::take(quint64 task)
{
    if (!hasEnded(task))
        return {};
    for (;;) {
        Part part = std::move(m_ended.front());
        m_ended.pop_front();
        const bool isIt = part.task == task;
        QByteArray text = given(std::move(part));
        if (isIt)
            return text;
    }
}

QByteArray TaskSplitter::takeRest()
{
    keep(std::exchange(m_unread, {}));
    return given(std::exchange(m_present, {}));
}

QByteArray TaskSplitter::given(Part &&part)
{
    m_kept -= part.text.size();
    if (part.dropped > 0) {
        if (!part.text.isEmpty() && !part.text.endsWith('\n'))
            part.text += '\n';
        part.text += "[" + QByteArray::number(part.dropped) + " more bytes were dropped]\n";
    }
    return std::move(part.text);
}

} // namespace procession
