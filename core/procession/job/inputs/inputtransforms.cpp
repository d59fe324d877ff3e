// SPDX-License-Identifier: MIT
#include <procession/job/inputs/inputtransforms.h>

#include <procession/platform/base/invalidinput.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <utility>

namespace procession {

namespace {

/// A number below `bound`, each as likely. The standard's distributions give other numbers with every library.
quint64 drawBelow(quint64 bound, std::mt19937_64 &random)
{
    const quint64 unfair = (std::mt19937_64::max() % bound + 1) % bound; // numbers at the end that would favour small results
    for (;;) {
        const quint64 drawn = random();
        if (drawn <= std::mt19937_64::max() - unfair)
            return drawn % bound;
    }
}

} // namespace

InputList linkedInputs(const std::vector<InputList> &sources)
{
    Q_ASSERT(!sources.empty());
    qsizetype columns = 0;
    qsizetype rows = sources.front().rowCount();
    QByteArrayList names;
    for (const InputList &source : sources) {
        columns += source.columnCount();
        rows = std::min(rows, source.rowCount());
        for (int column = 0; column < source.columnCount(); ++column)
            names += source.columnNames().value(column);
    }
    if (columns > InputList::MaxColumns)
        throw InvalidInput("input.too-wide", QByteArray::number(columns), QByteArray::number(InputList::MaxColumns),
            "the linked inputs have " + QByteArray::number(columns) + " columns in all: use at most "
                + QByteArray::number(InputList::MaxColumns));
    const bool hasNames = std::any_of(names.begin(), names.end(), [](const QByteArray &name) { return !name.isEmpty(); });
    InputList cells;
    QList<int> widths;
    for (qsizetype row = 0; row < rows; ++row) {
        int width = 0;
        for (const InputList &source : sources) {
            // Each name stays with its column.
            const int own = hasNames && &source != &sources.back() ? source.columnCount() : source.width(row);
            for (int column = 0; column < own; ++column)
                cells.appendCell(source.view(row, column));
            width += own;
        }
        widths += width;
    }
    InputList linked = InputList::ofRows(std::move(cells), widths, static_cast<int>(columns));
    if (hasNames)
        linked.setColumnNames(names);
    return linked;
}

InputList shuffledInputs(const InputTable &table, quint64 seed)
{
    std::vector<quint32> order(static_cast<std::size_t>(table.rowCount()));
    std::iota(order.begin(), order.end(), 0U);
    std::mt19937_64 random(seed);
    for (std::size_t left = order.size(); left > 1; --left)
        std::swap(order[left - 1], order[static_cast<std::size_t>(drawBelow(left, random))]);
    InputList shuffled(table.columnCount());
    shuffled.setColumnNames(table.columnNames());
    for (const quint32 row : order)
        shuffled.append(table.row(row));
    return shuffled;
}

InputTable joined(const InputTable &form, const std::vector<InputTable> &parts)
{
    int columns = std::max(1, form.columnsPerInput());
    bool isGrouped = false;
    for (const InputTable &part : parts) {
        columns = std::max(columns, part.columnsPerInput());
        isGrouped |= part.isGrouped();
    }
    InputList list(columns);
    list.setColumnNames(form.columnNames());
    QList<quint32> sizes;
    for (const InputTable &part : parts) {
        for (qsizetype index = 0; index < part.rowCount(); ++index) {
            const QByteArrayList row = part.row(index);
            for (const QByteArray &cell : row)
                list.appendCell(cell);
            for (qsizetype missing = row.size(); !isGrouped && missing < columns; ++missing)
                list.appendCell({});
            sizes += static_cast<quint32>(row.size() / columns);
        }
    }
    const InputTable table({list});
    return isGrouped ? table.grouped(sizes) : table;
}

} // namespace procession
