// SPDX-License-Identifier: MIT
#include "fuzz.h"

#include <procession/job/inputs/inputreader.h>

using namespace procession;

namespace {

void readAll(const InputList &list)
{
    for (qsizetype row = 0; row < list.rowCount(); ++row) {
        expect(list.width(row) >= 1 && list.width(row) <= list.columnCount());
        for (int column = 0; column < list.columnCount(); ++column)
            list.cell(row, column);
    }
    expect(list.columnNames().size() <= list.columnCount());
}

void checkTable(const QByteArray &bytes)
{
    const InputTable table = InputTable::deserialize(bytes);
    if (table.rowCount() > 0)
        expect(table.row(table.rowCount() - 1).size() <= table.columnCount());
    const InputTable again = InputTable::deserialize(table.serialize());
    expect(again.rowCount() == table.rowCount() && again.columnNames() == table.columnNames());
}

} // namespace

/// The first byte says how the others are read.
int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const unsigned how = data[0];
    const QByteArray bytes = bytesOf(data + 1, size - 1);
    if (how == 'T' || how == 'G' || how == 'L' || how == 'U') {
        accepts([&] { checkTable(bytesOf(data, size)); });
        accepts([&] { readAll(InputList::deserialize(bytesOf(data, size))); });
        return 0;
    }
    InputFormat format;
    format.header = how & 1;
    format.separator = how & 2 ? '\0' : '\n';
    format.csv = how & 4;
    format.trimColumns = how & 8;
    format.skipBlank = how & 64;
    format.columnSeparator = how & 16 ? "," : how & 32 ? "[;\\s]*" : "";
    accepts([&] { readAll(readInputs(bytes, format)); });
    return 0;
}
