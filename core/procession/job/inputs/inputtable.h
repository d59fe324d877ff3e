// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayList>
#include <QtCore/QByteArrayView>
#include <QtCore/QList>

#include <vector>

namespace procession {

/// One input source: a list of rows, usually with the same number of columns. Bytes are kept as they are.
///
/// Compact: all bytes lie in one buffer, so that a million rows of one length cost a million offsets.
/// A plain value; copies share the bytes.
class InputList
{
public:
    static constexpr int MaxColumns = 65535;

    /// \pre `columns` is at least 1 and at most MaxColumns
    explicit InputList(int columns = 1);
    explicit InputList(const QByteArrayList &values);
    /// The cells of `cells`, one after the other, as rows of these widths.
    /// \param columns  the least columnCount(), for a header that names more than any row has
    /// \pre each width is from 1 to MaxColumns, and all together there are as many as cells
    static InputList ofRows(InputList cells, const QList<int> &widths, int columns);

    /// Of the widest row.
    int columnCount() const { return m_columns; }
    qsizetype rowCount() const;
    /// How many columns a row has of its own.
    int width(qsizetype row) const;
    /// Whether every row has columnCount() columns.
    bool isEven() const { return m_rowEnds.isEmpty(); }
    /// \pre `row` has at least one cell, and at most MaxColumns
    void append(const QByteArrayList &row);
    /// Appends the next cell of a row that is built cell by cell; the row counts once it has all. \pre isEven()
    void appendCell(QByteArrayView cell);
    /// Empty where the row has no such column.
    QByteArray cell(qsizetype row, int column) const;
    /// The cell without a copy, until the list is changed or destroyed.
    QByteArrayView view(qsizetype row, int column) const;
    /// Whether any cell has this byte.
    bool contains(char byte) const { return m_bytes.contains(byte); }
    /// Makes room for that many cells with that many bytes in all.
    void reserve(qsizetype cells, qsizetype bytes);

    /// Names of the columns from a header line; empty when there was none.
    const QByteArrayList &columnNames() const { return m_columnNames; }
    void setColumnNames(const QByteArrayList &names) { m_columnNames = names; }

    /// The list as bytes for the store, and back.
    QByteArray serialize() const;
    /// \throws InvalidInput ("input.damaged") on bytes that serialize() did not make; never reads outside of them
    static InputList deserialize(const QByteArray &bytes);

private:
    void setRowEnds(const QList<qint64> &ends, int columns);
    qint64 rowBegin(qsizetype row) const;

    int m_columns;
    QByteArrayList m_columnNames;
    QByteArray m_bytes;
    QList<qint64> m_ends; // m_ends[i] is where cell i ends in m_bytes
    QList<qint64> m_rowEnds; // the cell before which each row ends; empty when each has m_columns cells
};

/// The inputs of a batch: every combination of the rows of one or more sources, the last source changing fastest.
///
/// \code
/// InputTable table({InputList({"a", "b"}), InputList({"1", "2"})});
/// table.row(1);                           // {"a", "2"}
/// \endcode
///
/// Combinations are made when asked for, not stored. A plain value. A table without sources has no rows.
/// With grouped() several combinations make one row, which then has the columns of all of them; the last may have fewer than the others.
/// A row of a source brings only the columns that it has. Where columns have names, all but the last source bring all of theirs, empty
/// ones where a row is short, so that each name stays with its column.
class InputTable
{
public:
    InputTable() = default;
    /// \throws InvalidInput "input.too-many" when there are more combinations than a job can have tasks (2^31),
    ///         "input.too-wide" when there are more than InputList::MaxColumns columns in all
    explicit InputTable(std::vector<InputList> sources);

    /// The same combinations, several to a row.
    /// \param sizes  how many each row takes, at least 1; in all as many as there are rows now
    /// \pre the table is not grouped yet
    /// \throws InvalidInput "input.too-wide" when a row would have more than InputList::MaxColumns columns
    InputTable grouped(const QList<quint32> &sizes) const;
    bool isGrouped() const { return !m_groupEnds.isEmpty(); }
    /// Whether every row has columnCount() columns.
    bool isEven() const;

    qsizetype rowCount() const { return isGrouped() ? m_groupEnds.size() : m_combinations; }
    /// Of the widest combination of the sources.
    int columnsPerInput() const { return m_columns; }
    /// Of the widest row.
    int columnCount() const { return m_columns * m_largestGroup; }
    QByteArrayList row(qsizetype index) const;
    /// As many as there are columns; an empty name where a column has none. The columns of a group have the same names again and again.
    QByteArrayList columnNames() const;
    /// The first `rows` rows of the table, or all if there are fewer.
    InputTable first(qsizetype rows) const;
    /// Whether any input has this byte.
    bool contains(char byte) const;

    /// The table as bytes for the store, and back.
    QByteArray serialize() const;
    /// \throws InvalidInput ("input.damaged") on bytes that serialize() did not make; never reads outside of them
    static InputTable deserialize(const QByteArray &bytes);

private:
    void appendCombination(QByteArrayList &cells, qsizetype index) const;
    qsizetype groupBegin(qsizetype index) const { return index == 0 ? 0 : m_groupEnds.at(index - 1); }

    std::vector<InputList> m_sources;
    qsizetype m_combinations = 0;
    int m_columns = 0; // of the widest combination
    bool m_hasNames = false; // whether a column of any source has one
    QList<quint32> m_groupEnds; // the combination before which each row ends; empty when each is a row
    int m_largestGroup = 1;
};

} // namespace procession
