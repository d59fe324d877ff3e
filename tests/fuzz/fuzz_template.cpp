// SPDX-License-Identifier: MIT
#include "fuzz.h"

#include <procession/job/template/commandtemplate.h>

using procession::CommandTemplate;

namespace {

/// The command that people see must be the one that is run: read again, it must give the same words.
void checkTextAgainstArguments(const CommandTemplate &parsed, const QByteArrayList &row)
{
    const QByteArrayList words = parsed.arguments(row, 3, 2);
    expect(!words.isEmpty());
    if (parsed.usesShell() || parsed.source().contains("{%}"))
        return;
    const CommandTemplate again = CommandTemplate::parseWhole(parsed.text(row, 3));
    if (!again.usesShell()) // a word from the row may be a keyword
        expect(again.arguments({}, 1, 1) == words);
}

} // namespace

/// A template, and after a newline an input for it.
int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes = bytesOf(data, size);
    const qsizetype cut = bytes.lastIndexOf('\n');
    const QByteArrayList row{bytes.mid(cut + 1), "it's $(x) \"y\" \\"};
    CommandTemplate::Options options;
    options.columnNames = {"name", "a b."};
    CommandTemplate parsed;
    if (accepts([&] { parsed = CommandTemplate::parse(bytes.left(std::max<qsizetype>(cut, 0)), options); }))
        accepts([&] { checkTextAgainstArguments(parsed, row); });
    accepts([&] { CommandTemplate::parseWhole(bytes).arguments({}, 1, 1); });
    return 0;
}
