// SPDX-License-Identifier: MIT
#include <procession/job/template/argumentgroups.h>

#include <procession/platform/base/invalidinput.h>

#include <algorithm>

namespace procession {

namespace {

constexpr qsizetype LongestShown = 60;

/// Fills one command after the other.
class Filler
{
public:
    Filler(const InputTable &inputs, const CommandTemplate &command, const FillLimits &limits)
        : m_inputs(inputs),
          m_command(command),
          m_characters(limits.characters),
          m_mostInputs(std::clamp<qsizetype>(limits.inputs, 1, InputList::MaxColumns / std::max(inputs.columnCount(), 1)))
    {
    }

    /// Where the command ends that begins with the input `begin`.
    qsizetype endFrom(qsizetype begin) const
    {
        const QByteArrayList first = m_inputs.row(begin);
        qsizetype size = sizeOf(first);
        if (size >= m_characters)
            refuse(first, size);
        const qsizetype last = m_inputs.rowCount() - begin > m_mostInputs ? begin + m_mostInputs : m_inputs.rowCount();
        qsizetype end = begin + 1;
        for (; end < last; ++end) {
            const QByteArrayList row = m_inputs.row(end);
            size += sizeOf(row + row) - sizeOf(row);
            if (size >= m_characters)
                break;
        }
        // Quotes around several inputs, and columns that only a longer row has, can make it somewhat longer than that.
        while (end - begin > 1 && sizeOf(rows(begin, end)) >= m_characters)
            --end;
        return end;
    }

private:
    qsizetype sizeOf(const QByteArrayList &row) const { return m_command.text(row, m_inputs.rowCount()).size(); }

    QByteArrayList rows(qsizetype begin, qsizetype end) const
    {
        QByteArrayList cells;
        for (; begin < end; ++begin)
            cells += m_inputs.row(begin);
        return cells;
    }

    [[noreturn]] void refuse(const QByteArrayList &row, qsizetype size) const
    {
        const QByteArray input = row.join(' ');
        const QByteArray shown = input.size() > LongestShown ? input.left(LongestShown) + "…" : input;
        const QByteArray most = QByteArray::number(m_characters - 1);
        throw InvalidInput("arguments.too-long", input, most,
            "with the input \"" + shown + "\" alone the command has " + QByteArray::number(size) + " bytes, and at most " + most
                + " are allowed: put long inputs into files, or raise the limit if it is a lower one");
    }

    const InputTable &m_inputs;
    const CommandTemplate &m_command;
    const qsizetype m_characters;
    const qsizetype m_mostInputs;
};

} // namespace

QList<quint32> equalGroups(qsizetype rows, qsizetype size)
{
    Q_ASSERT(size >= 1);
    QList<quint32> groups;
    for (; rows > 0; rows -= std::min(rows, size))
        groups += static_cast<quint32>(std::min(rows, size));
    return groups;
}

QList<quint32> filledGroups(const InputTable &inputs, const CommandTemplate &command, const FillLimits &limits)
{
    const Filler filler(inputs, command, limits);
    QList<quint32> groups;
    for (qsizetype begin = 0; begin < inputs.rowCount();) {
        const qsizetype end = filler.endFrom(begin);
        if (end < inputs.rowCount()) {
            groups += static_cast<quint32>(end - begin);
        } else {
            const qsizetype workers = std::max(limits.workers, 1);
            groups += equalGroups(end - begin, (end - begin + workers - 1) / workers);
        }
        begin = end;
    }
    return groups;
}

} // namespace procession
