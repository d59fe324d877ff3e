// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/inputorigins.h>

#include <procession/bytefile.h>
#include <procession/console.h>
#include <procession/inputtransforms.h>
#include <procession/terminal.h>
#include <procession/words.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QRandomGenerator>

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

bool isLinking(const QString &mark) { return mark.endsWith(QLatin1Char('+')); }

void append(std::vector<InputOrigin> &origins, const QString &mark, const QByteArrayList &words)
{
    const auto isLinked = [&] { return isLinking(mark) && !origins.empty(); }; // the first has nothing to be linked with
    if (!mark.startsWith(FilesMark)) {
        origins.push_back({InputOrigin::Kind::Values, words, {}, isLinked()});
        return;
    }
    for (const QByteArray &file : words)
        origins.push_back({InputOrigin::Kind::File, {}, file, isLinked()});
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

InputList read(const InputOrigin &origin, const InputFormat &format)
{
    return origin.kind == InputOrigin::Kind::Values ? readInputs(origin.values, format) : readFile(origin.file, format);
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
    std::vector<std::vector<InputList>> groups; // of linked ones
    for (const InputOrigin &origin : origins) {
        if (!origin.linked)
            groups.emplace_back();
        groups.back().push_back(read(origin, options.format));
    }
    std::vector<InputList> lists;
    for (const std::vector<InputList> &group : groups) {
        InputList list = group.size() == 1 ? group.front() : linkedInputs(group);
        lists.push_back(options.skipEmptyInputs ? withoutBlanks(list) : std::move(list));
    }
    const InputTable table(std::move(lists));
    if (!options.shuffle || table.rowCount() == 0)
        return table;
    return InputTable({shuffledInputs(table, QRandomGenerator::system()->generate64())});
}

} // namespace procession
