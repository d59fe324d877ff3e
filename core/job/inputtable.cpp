// SPDX-License-Identifier: MIT
#include <procession/inputtable.h>

#include <procession/invalidinput.h>

#include <algorithm>
#include <utility>

namespace procession {

namespace {

constexpr qsizetype MaxRows = qsizetype(1) << 31;
constexpr char ListMark = 'L';
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

qsizetype InputList::rowCount() const { return m_ends.size() / m_columns; }

void InputList::append(const QByteArrayList &row)
{
    Q_ASSERT(row.size() == m_columns);
    for (const QByteArray &value : row)
        appendCell(value);
}

void InputList::appendCell(QByteArrayView cell)
{
    m_bytes += cell;
    m_ends += m_bytes.size();
}

QByteArray InputList::cell(qsizetype row, int column) const { return view(row, column).toByteArray(); }

QByteArrayView InputList::view(qsizetype row, int column) const
{
    Q_ASSERT(row >= 0 && row < rowCount() && column >= 0 && column < m_columns);
    const qsizetype index = row * m_columns + column;
    const qint64 begin = index == 0 ? 0 : m_ends.at(index - 1);
    return QByteArrayView(m_bytes).sliced(begin, m_ends.at(index) - begin);
}

QByteArray InputList::serialize() const
{
    QByteArray result(1, ListMark);
    result.reserve(m_bytes.size() + m_ends.size() * 2 + 32);
    result += FormatVersion;
    appendNumber(result, static_cast<quint64>(m_columns));
    appendNumber(result, static_cast<quint64>(m_columnNames.size()));
    for (const QByteArray &name : m_columnNames)
        appendBytes(result, name);
    appendNumber(result, static_cast<quint64>(rowCount()));
    qint64 begin = 0;
    for (const qint64 end : m_ends)
        appendNumber(result, static_cast<quint64>(end - std::exchange(begin, end)));
    return result += m_bytes;
}

InputList InputList::deserialize(const QByteArray &bytes)
{
    Reader reader(bytes);
    reader.expect(ListMark);
    const int columns = static_cast<int>(reader.number(MaxColumns));
    if (columns < 1)
        refuseDamaged("no columns");
    InputList list(columns);
    for (qsizetype names = reader.number(columns); names > 0; --names)
        list.m_columnNames += reader.bytes();

    // The length of a cell takes a byte at least, so a false count cannot ask for much memory.
    const qsizetype cells = reader.number(reader.left() / columns) * columns;
    list.m_ends.reserve(cells);
    qint64 end = 0;
    for (qsizetype i = 0; i < cells; ++i) {
        end += reader.number(bytes.size() - end);
        list.m_ends += end;
    }
    list.m_bytes = reader.bytes(end);
    reader.expectEnd();
    return list;
}

InputTable::InputTable(std::vector<InputList> sources) : m_sources(std::move(sources))
{
    qsizetype columns = 0;
    for (const InputList &source : m_sources)
        columns += source.columnCount();
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
        for (int column = 0; column < source.columnCount(); ++column)
            cells += source.cell(index / block, column);
        index %= block;
    }
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
    QList<quint32> sizes;
    for (qsizetype i = 0; i < rows; ++i) {
        const QByteArrayList cells = row(i);
        for (const QByteArray &cell : cells)
            list.appendCell(cell);
        sizes += static_cast<quint32>(cells.size() / m_columns);
    }
    const InputTable table({list});
    return isGrouped() ? table.grouped(sizes) : table;
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
