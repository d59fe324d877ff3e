// SPDX-License-Identifier: MIT
#include <procession/job/inputs/growinginputs.h>

#include <procession/platform/base/invalidinput.h>

#include <algorithm>

namespace procession {

namespace {

constexpr qsizetype RowsPerChunk = 512;
constexpr qsizetype MostRows = qsizetype(1) << 31;

} // namespace

InputTable GrowingInputs::emptyTable() const
{
    const int columns = std::max({1, m_form.columns, static_cast<int>(m_form.columnNames.size())});
    if (m_form.columns == 0 && m_form.columnNames.isEmpty())
        return {};
    InputList list(columns);
    list.setColumnNames(m_form.columnNames);
    return InputTable({list});
}

QByteArrayList GrowingInputs::columnNames() const
{
    QByteArrayList names;
    const QByteArrayList once = emptyTable().columnNames();
    for (int i = 0; i < m_form.inputsPerRow; ++i)
        names += once;
    return names;
}

qsizetype GrowingInputs::rowCount() const
{
    const std::scoped_lock lock(m_mutex);
    return m_rowCount;
}

void GrowingInputs::append(const QByteArrayList &row)
{
    const std::scoped_lock lock(m_mutex);
    if (m_rowCount == MostRows)
        throw InvalidInput("input.too-many", {}, QByteArray::number(MostRows),
            "there are too many inputs: a job has at most " + QByteArray::number(MostRows) + " tasks, so split the inputs");
    if (m_rowCount % RowsPerChunk == 0)
        m_chunks.emplace_back();
    Chunk &chunk = m_chunks.back();
    for (const QByteArray &cell : row)
        chunk.cells.appendCell(cell);
    chunk.rowEnds.push_back(chunk.cells.rowCount());
    ++m_rowCount;
}

QByteArrayList GrowingInputs::row(qsizetype index) const
{
    const std::scoped_lock lock(m_mutex);
    return rowLocked(index);
}

QByteArrayList GrowingInputs::rowLocked(qsizetype index) const
{
    const auto place = static_cast<std::size_t>(index / RowsPerChunk - m_gone);
    Q_ASSERT(index >= 0 && index < m_rowCount && place < m_chunks.size());
    const Chunk &chunk = m_chunks[place];
    const auto row = static_cast<std::size_t>(index % RowsPerChunk);
    QByteArrayList cells;
    for (qsizetype cell = row == 0 ? 0 : chunk.rowEnds[row - 1]; cell < chunk.rowEnds[row]; ++cell)
        cells += chunk.cells.cell(cell, 0);
    return cells;
}

InputTable GrowingInputs::rows(qsizetype first, qsizetype count) const
{
    const std::scoped_lock lock(m_mutex);
    const bool isGrouped = m_form.inputsPerRow > 1;
    std::vector<QByteArrayList> rows;
    qsizetype widest = std::max<qsizetype>({1, m_form.columns, m_form.columnNames.size()});
    QList<quint32> sizes;
    for (qsizetype i = first; i < first + count; ++i) {
        rows.push_back(rowLocked(i));
        if (isGrouped)
            sizes += static_cast<quint32>(rows.back().size());
        else
            widest = std::max(widest, rows.back().size());
    }
    InputList list(static_cast<int>(widest));
    for (const QByteArrayList &row : rows) {
        for (const QByteArray &cell : row)
            list.appendCell(cell);
        for (qsizetype missing = row.size(); !isGrouped && missing < widest; ++missing)
            list.appendCell({});
    }
    const InputTable table({list});
    return isGrouped ? table.grouped(sizes) : table;
}

void GrowingInputs::release(qsizetype index)
{
    const std::scoped_lock lock(m_mutex);
    const auto place = static_cast<std::size_t>(index / RowsPerChunk - m_gone);
    Q_ASSERT(index >= 0 && index < m_rowCount && place < m_chunks.size());
    Chunk &chunk = m_chunks[place];
    if (++chunk.released == RowsPerChunk)
        chunk = Chunk{InputList(), {}, RowsPerChunk}; // those in front of it may be needed still
    while (!m_chunks.empty() && m_chunks.front().released == RowsPerChunk) {
        m_chunks.pop_front();
        ++m_gone;
    }
}

qsizetype GrowingInputs::keptCount() const
{
    const std::scoped_lock lock(m_mutex);
    qsizetype kept = 0;
    for (const Chunk &chunk : m_chunks)
        kept += static_cast<qsizetype>(chunk.rowEnds.size());
    return kept;
}

} // namespace procession
