// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/inputorigins.h>

#include <procession/bytefile.h>
#include <procession/console.h>
#include <procession/terminal.h>
#include <procession/words.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>

#include <algorithm>

namespace procession {

namespace {

struct Inputs
{
    Q_DECLARE_TR_FUNCTIONS(Inputs)
};

const QString ValuesMark = QStringLiteral(":::");
const QString FilesMark = QStringLiteral("::::");

bool isMark(const QString &word)
{
    return word == ValuesMark || word == FilesMark || word == ValuesMark + QLatin1Char('+')
        || word == FilesMark + QLatin1Char('+');
}

void append(std::vector<InputOrigin> &origins, const QString &mark, const QByteArrayList &words)
{
    if (mark.endsWith(QLatin1Char('+')))
        throw UsageError(
            Inputs::tr("%1 is not there; the nearest is --colsep: put the values that belong together into one input").arg(mark));
    if (mark == ValuesMark) {
        origins.push_back({InputOrigin::Kind::Values, words, {}});
        return;
    }
    for (const QByteArray &file : words)
        origins.push_back({InputOrigin::Kind::File, {}, file});
}

InputList readFile(const QByteArray &path, const InputFormat &format)
{
    QFile file;
    Descriptor descriptor; // closed after the file
    if (path == "-") {
        if (isTerminal(StandardInput))
            printError(Inputs::tr("reading inputs from the terminal, one a line, until Ctrl-D"));
        if (!file.open(StandardInput, QIODevice::ReadOnly, QFileDevice::DontCloseHandle))
            throw UsageError(Inputs::tr("cannot read inputs from stdin: %1").arg(file.errorString()));
    } else {
        descriptor = openForReading(path);
        if (!file.open(descriptor.get(), QIODevice::ReadOnly, QFileDevice::DontCloseHandle))
            throw UsageError(Inputs::tr("cannot read inputs from %1: %2").arg(QString::fromUtf8(path), file.errorString()));
    }
    return readInputs(file, format);
}

bool isBlank(const InputList &list, qsizetype row)
{
    for (int column = 0; column < list.columnCount(); ++column) {
        if (!list.cell(row, column).trimmed().isEmpty())
            return false;
    }
    return true;
}

InputList withoutBlanks(const InputList &list)
{
    InputList kept(list.columnCount());
    kept.setColumnNames(list.columnNames());
    for (qsizetype row = 0; row < list.rowCount(); ++row) {
        if (isBlank(list, row))
            continue;
        QByteArrayList cells;
        for (int column = 0; column < list.columnCount(); ++column)
            cells.append(list.cell(row, column));
        kept.append(cells);
    }
    return kept;
}

} // namespace

std::vector<InputOrigin> takeOrigins(QStringList &words)
{
    std::vector<InputOrigin> origins;
    const auto first = std::find_if(words.begin(), words.end(), isMark);
    for (auto mark = first; mark != words.end();) {
        const auto end = std::find_if(mark + 1, words.end(), isMark);
        QByteArrayList values;
        for (auto word = mark + 1; word != end; ++word)
            values.append(toBytes(*word));
        append(origins, *mark, values);
        mark = end;
    }
    words.erase(first, words.end());
    return origins;
}

InputTable readAllInputs(const RunOptions &options)
{
    std::vector<InputOrigin> origins = options.origins;
    if (origins.empty())
        origins.push_back({InputOrigin::Kind::File, {}, "-"});
    std::vector<InputList> lists;
    for (const InputOrigin &origin : origins) {
        InputList list = origin.kind == InputOrigin::Kind::Values ? readInputs(origin.values, options.format)
                                                                  : readFile(origin.file, options.format);
        lists.push_back(options.skipEmptyInputs ? withoutBlanks(list) : std::move(list));
    }
    return InputTable(std::move(lists));
}

} // namespace procession
