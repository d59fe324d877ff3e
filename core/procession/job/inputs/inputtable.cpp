// SPDX-License-Identifier: MIT
#include <procession/job/inputs/inputtable.h>

#include <procession/platform/base/invalidinput.h>

#include <algorithm>
#include <utility>

namespace procession {

namespace {

constexpr qsizetype MaxRows = qsizetype(1) << 31;
constexpr char ListMark = 'L';
constexpr char UnevenListMark = 'U'; // a list with rows of different length
constexpr char TableMark = 'T';
constexpr char GroupsMark = 'G'; // a table with groups
constexpr char FormatVersion = '1';

[[noreturn]] void refuseDamaged(const char *reason)
{
    throw InvalidInput("input.damaged", {}, reason,
        QByteArray("stored inputs are damaged (") + reason + "): start the batch again with its inputs");
}

void expectWidth(qsizetype columns)
{
    if (columns > InputList::MaxColumns)
        throw InvalidInput("input.too-wide", QByteArray::number(columns), QByteArray::number(InputList::MaxColumns),
            "a command would have " + QByteArray::number(columns) + " inputs in all: use at most "
                + QByteArray::number(InputList::MaxColumns));
}

/// Numbers of seven bits a byte, the lowest first; all but the last byte have the high bit.
void appendNumber(QByteArray &bytes, quint64 number)
{
    for (; number >= 0x80; number >>= 7)
        bytes += static_cast<char>(number | 0x80);
    bytes += static_cast<char>(number);
}

void appendBytes(QByteArray &bytes, const QByteArray &value)
{
    appendNumber(bytes, static_cast<quint64>(value.size()));
    bytes += value;
}

class Reader
{
public:
    explicit Reader(const QByteArray &bytes) : m_bytes(bytes) { }

    qsizetype left() const { return m_bytes.size() - m_at; }

    void expect(char mark)
    {
        if (left() < 2 || m_bytes.at(m_at) != mark || m_bytes.at(m_at + 1) != FormatVersion)
            refuseDamaged("unknown format");
        m_at += 2;
    }

    /// A number that is at most `limit`.
    qsizetype number(qsizetype limit)
    {
        quint64 result = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            if (left() < 1)
                break;
            const auto byte = static_cast<quint8>(m_bytes.at(m_at++));
            result |= quint64(byte & 0x7f) << shift;
            if (byte < 0x80) {
                if (result > static_cast<quint64>(limit))
                    refuseDamaged("a number is too large");
                return static_cast<qsizetype>(result);
            }
        }
        refuseDamaged("a number does not end");
    }

    QByteArray bytes(qsizetype size)
    {
        if (size > left())
            refuseDamaged("too short");
        m_at += size;
        return m_bytes.mid(m_at - size, size);
    }

    QByteArray bytes() { return bytes(number(left())); }

    /// Reads the ends of `rows` rows. \return the number of cells
    qsizetype rowEnds(qsizetype rows, int columns, QList<qint64> &ends)
    {
        qsizetype cells = 0;
        for (; rows > 0; --rows) {
            const qsizetype width = number(columns);
            if (width == 0)
                refuseDamaged("an empty row");
            ends += cells += width;
        }
        if (cells > left())
            refuseDamaged("too short");
        return cells;
    }

    void expectEnd() const
    {
        if (left() > 0)
            refuseDamaged("too long");
    }

private:
    const QByteArray &m_bytes;
    qsizetype m_at = 0;
};

} // namespace

InputList::InputList(int columns) : m_columns(columns) { Q_ASSERT(columns >= 1 && columns <= MaxColumns); }

InputList::InputList(const QByteArrayList &values) : m_columns(1)
{
    qsizetype size = 0;
    for (const QByteArray &value : values)
        size += value.size();
    reserve(values.size(), size);
    for (const QByteArray &value : values)
        appendCell(value);
}

void InputList::reserve(qsizetype cells, qsizetype bytes)
{
    m_ends.reserve(cells);
    m_bytes.reserve(bytes);
}

InputList InputList::ofRows(InputList cells, const QList<int> &widths, int columns)
{
    QList<qint64> ends;
    ends.reserve(widths.size());
    qint64 end = 0;
    for (const int width : widths) {
        columns = std::max(columns, width);
        ends += end += width;
    }
    Q_ASSERT(end == cells.m_ends.size());
    cells.setRowEnds(ends, columns);
    return cells;
}

void InputList::setRowEnds(const QList<qint64> &ends, int columns)
{
    m_columns = columns;
    qint64 begin = 0;
    const bool even
        = std::all_of(ends.begin(), ends.end(), [&](qint64 end) { return end - std::exchange(begin, end) == columns; });
    m_rowEnds = even ? QList<qint64>() : ends;
}

qsizetype InputList::rowCount() const { return isEven() ? m_ends.size() / m_columns : m_rowEnds.size(); }

qint64 InputList::rowBegin(qsizetype row) const
{
    if (isEven())
        return row * m_columns;
    return row == 0 ? 0 : m_rowEnds.at(row - 1);
}

int InputList::width(qsizetype row) const { return isEven() ? m_columns : static_cast<int>(m_rowEnds.at(row) - rowBegin(row)); }

void InputList::append(const QByteArrayList &row)
{
    Q_ASSERT(!row.isEmpty() && row.size() <= MaxColumns);
    if (isEven() && row.size() != m_columns) {
        for (qsizetype i = 1; i <= m_ends.size() / m_columns; ++i)
            m_rowEnds += i * m_columns;
        m_rowEnds += m_ends.size() + row.size();
    } else if (!isEven()) {
        m_rowEnds += m_ends.size() + row.size();
    }
    m_columns = std::max(m_columns, static_cast<int>(row.size()));
    for (const QByteArray &value : row) {
        m_bytes += value;
        m_ends += m_bytes.size();
    }
}

void InputList::appendCell(QByteArrayView cell)
{
    Q_ASSERT(isEven());
    m_bytes += cell;
    m_ends += m_bytes.size();
}

QByteArray InputList::cell(qsizetype row, int column) const { return view(row, column).toByteArray(); }

QByteArrayView InputList::view(qsizetype row, int column) const
{
    Q_ASSERT(row >= 0 && row < rowCount() && column >= 0 && column < m_columns);
    if (column >= width(row))
        return {};
    const qsizetype index = rowBegin(row) + column;
    const qint64 begin = index == 0 ? 0 : m_ends.at(index - 1);
    return QByteArrayView(m_bytes).sliced(begin, m_ends.at(index) - begin);
}

QByteArray InputList::serialize() const
{
    QByteArray result(1, isEven() ? ListMark : UnevenListMark);
    result.reserve(m_bytes.size() + m_ends.size() * 2 + m_rowEnds.size() + 32);
    result += FormatVersion;
    appendNumber(result, static_cast<quint64>(m_columns));
    appendNumber(result, static_cast<quint64>(m_columnNames.size()));
    for (const QByteArray &name : m_columnNames)
        appendBytes(result, name);
    appendNumber(result, static_cast<quint64>(rowCount()));
    if (!isEven()) {
        for (qsizetype row = 0; row < rowCount(); ++row)
            appendNumber(result, static_cast<quint64>(width(row)));
    }
    qint64 begin = 0;
    for (const qint64 end : m_ends)
        appendNumber(result, static_cast<quint64>(end - std::exchange(begin, end)));
    return result += m_bytes;
}

InputList InputList::deserialize(const QByteArray &bytes)
{
    const bool isEven = !bytes.startsWith(UnevenListMark);
    Reader reader(bytes);
    reader.expect(isEven ? ListMark : UnevenListMark);
    const int columns = static_cast<int>(reader.number(MaxColumns));
    if (columns < 1)
        refuseDamaged("no columns");
    InputList list(columns);
    for (qsizetype names = reader.number(columns); names > 0; --names)
        list.m_columnNames += reader.bytes();

    // The length of a cell takes a byte at least, as does the width of a row, so a false count cannot ask for much memory.
    qsizetype cells = reader.number(isEven ? reader.left() / columns : reader.left());
    QList<qint64> rowEnds;
    if (isEven)
        cells *= columns;
    else
        cells = reader.rowEnds(cells, columns, rowEnds);
    list.m_ends.reserve(cells);
    qint64 end = 0;
    for (qsizetype i = 0; i < cells; ++i) {
        end += reader.number(bytes.size() - end);
        list.m_ends += end;
    }
    list.m_bytes = reader.bytes(end);
    reader.expectEnd();
    list.setRowEnds(isEven ? QList<qint64>() : rowEnds, columns);
    return list;
}

InputTable::InputTable(std::vector<InputList> sources) : m_sources(std::move(sources))
{
    qsizetype columns = 0;
    for (const InputList &source : m_sources) {
        columns += source.columnCount();
        m_hasNames = m_hasNames || !source.columnNames().isEmpty();
    }
    expectWidth(columns);
    m_columns = static_cast<int>(columns);
    if (m_sources.empty() || std::any_of(m_sources.begin(), m_sources.end(), [](auto &s) { return s.rowCount() == 0; }))
        return;
    m_combinations = 1;
    for (const InputList &source : m_sources) {
        if (source.rowCount() > MaxRows / m_combinations)
            throw InvalidInput("input.too-many", {}, QByteArray::number(MaxRows),
                "the inputs make too many combinations: a job has at most " + QByteArray::number(MaxRows)
                    + " tasks, so split the inputs");
        m_combinations *= source.rowCount();
    }
}

InputTable InputTable::grouped(const QList<quint32> &sizes) const
{
    Q_ASSERT(!isGrouped());
    InputTable result = *this;
    result.m_groupEnds.reserve(sizes.size());
    qsizetype end = 0;
    for (const quint32 size : sizes) {
        Q_ASSERT(size > 0);
        expectWidth(qsizetype(size) * m_columns);
        result.m_largestGroup = std::max(result.m_largestGroup, static_cast<int>(size));
        end += size;
        result.m_groupEnds += static_cast<quint32>(end);
    }
    Q_ASSERT(end == m_combinations);
    return result;
}

QByteArrayList InputTable::row(qsizetype index) const
{
    Q_ASSERT(index >= 0 && index < rowCount());
    QByteArrayList cells;
    if (!isGrouped()) {
        appendCombination(cells, index);
        return cells;
    }
    for (qsizetype member = groupBegin(index); member < m_groupEnds.at(index); ++member)
        appendCombination(cells, member);
    return cells;
}

void InputTable::appendCombination(QByteArrayList &cells, qsizetype index) const
{
    qsizetype block = m_combinations;
    for (const InputList &source : m_sources) {
        block /= source.rowCount();
        const qsizetype row = index / block;
        const int width = m_hasNames && &source != &m_sources.back() ? source.columnCount() : source.width(row);
        for (int column = 0; column < width; ++column)
            cells += source.cell(row, column);
        index %= block;
    }
}

bool InputTable::isEven() const
{
    return std::all_of(m_sources.begin(), m_sources.end(), [](auto &source) { return source.isEven(); })
        && std::all_of(m_groupEnds.begin(), m_groupEnds.end(), [begin = quint32(0), this](quint32 end) mutable {
               return end - std::exchange(begin, end) == static_cast<quint32>(m_largestGroup);
           });
}

QByteArrayList InputTable::columnNames() const
{
    QByteArrayList names;
    for (int member = 0; member < m_largestGroup; ++member) {
        for (const InputList &source : m_sources) {
            for (int column = 0; column < source.columnCount(); ++column)
                names += source.columnNames().value(column);
        }
    }
    return names;
}

InputTable InputTable::first(qsizetype rows) const
{
    if (rows >= rowCount())
        return *this;
    InputList list(m_columns);
    list.setColumnNames(columnNames().first(m_columns));
    const qsizetype combinations = isGrouped() ? groupBegin(rows) : rows;
    for (qsizetype i = 0; i < combinations; ++i) {
        QByteArrayList cells;
        appendCombination(cells, i);
        list.append(cells);
    }
    const InputTable table({list});
    if (!isGrouped())
        return table;
    QList<quint32> sizes;
    for (qsizetype i = 0; i < rows; ++i)
        sizes += static_cast<quint32>(m_groupEnds.at(i) - groupBegin(i));
    return table.grouped(sizes);
}

bool InputTable::contains(char byte) const
{
    return std::any_of(m_sources.begin(), m_sources.end(), [byte](auto &source) { return source.contains(byte); });
}

QByteArray InputTable::serialize() const
{
    QByteArray result(1, isGrouped() ? GroupsMark : TableMark);
    result += FormatVersion;
    appendNumber(result, m_sources.size());
    for (const InputList &source : m_sources)
        appendBytes(result, source.serialize());
    if (!isGrouped())
        return result;
    appendNumber(result, static_cast<quint64>(m_groupEnds.size()));
    for (qsizetype i = 0; i < m_groupEnds.size(); ++i)
        appendNumber(result, static_cast<quint64>(m_groupEnds.at(i) - groupBegin(i)));
    return result;
}

InputTable InputTable::deserialize(const QByteArray &bytes)
{
    const bool isGrouped = bytes.startsWith(GroupsMark);
    Reader reader(bytes);
    reader.expect(isGrouped ? GroupsMark : TableMark);
    std::vector<InputList> sources;
    for (qsizetype count = reader.number(reader.left()); count > 0; --count)
        sources.push_back(InputList::deserialize(reader.bytes()));
    const InputTable table(std::move(sources));
    if (!isGrouped) {
        reader.expectEnd();
        return table;
    }
    QList<quint32> sizes;
    qsizetype left = table.rowCount();
    for (qsizetype count = reader.number(reader.left()); count > 0; --count) {
        const qsizetype size = reader.number(left);
        if (size == 0)
            refuseDamaged("an empty group");
        sizes += static_cast<quint32>(size);
        left -= size;
    }
    if (left > 0)
        refuseDamaged("inputs in no group");
    reader.expectEnd();
    return table.grouped(sizes);
}

} // namespace procession
