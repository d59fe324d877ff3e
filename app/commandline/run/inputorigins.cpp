// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/run/inputorigins.h>

#include <app/commandline/common/console.h>
#include <app/commandline/common/words.h>
#include <procession/job/inputs/inputtransforms.h>
#include <procession/platform/base/invalidinput.h>
#include <procession/platform/io/bytefile.h>
#include <procession/platform/io/inputdescriptor.h>
#include <procession/platform/io/terminal.h>
#include <procession/text/displaytext.h>

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

void greetTerminal(int fd)
{
    if (isTerminal(fd))
        printError(Inputs::tr("reading inputs from the terminal, one a line, until Ctrl-D"));
}

/// Whether tasks can start before all inputs are known.
bool canStream(const RunOptions &options)
{
    const bool isOne
        = options.origins.empty() || (options.origins.size() == 1 && options.origins[0].kind == InputOrigin::Kind::File);
    const std::optional<int> perCommand = options.inputsPerCommand.fixedCount();
    const bool hasColumns = options.format.csv || !options.format.columnSeparator.isEmpty();
    const bool haltsByPart = options.job.halt.when != HaltRule::When::Never && options.job.halt.number == 0;
    const bool completesResults = options.resume != RunOptions::Resume::No && !options.results.isEmpty();
    return isOne && !options.shuffle && perCommand && (*perCommand == 1 || !hasColumns) && !haltsByPart && !completesResults;
}

[[noreturn]] void refuse(const QByteArray &path, const QString &reason)
{
    throw UsageError(path == "-" ? Inputs::tr("cannot read inputs from stdin: %1").arg(reason)
                                 : Inputs::tr("cannot read inputs from %1: %2").arg(displayText(path), reason));
}

InputList readFile(const QByteArray &path, const InputFormat &format)
{
    QFile file;
    Descriptor descriptor; // closed after the file
    if (path == "-")
        greetTerminal(StandardInput);
    else
        descriptor = openForReading(path);
    if (!file.open(path == "-" ? StandardInput : descriptor.get(), QIODevice::ReadOnly, QFileDevice::DontCloseHandle))
        refuse(path, file.errorString());
    try {
        return readInputs(file, format);
    } catch (const InvalidInput &error) {
        if (qstrcmp(error.problem(), "input.unreadable") == 0)
            refuse(path, QString::fromUtf8(error.detail()));
        throw;
    }
}

InputList read(const InputOrigin &origin, const InputFormat &format)
{
    return origin.kind == InputOrigin::Kind::Values ? readInputs(origin.values, format) : readFile(origin.file, format);
}

/// Among others that have some, a source without inputs has an empty one.
void fillEmpty(std::vector<std::vector<InputList>> &groups)
{
    const auto hasRows = [](const InputList &list) { return list.rowCount() > 0; };
    if (std::none_of(groups.begin(), groups.end(),
            [&](const std::vector<InputList> &group) { return std::any_of(group.begin(), group.end(), hasRows); }))
        return;
    for (std::vector<InputList> &group : groups) {
        for (InputList &list : group) {
            if (!hasRows(list))
                list.append({QByteArray()});
        }
    }
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

std::shared_ptr<RowStream> openRowStream(const RunOptions &options)
{
    if (!canStream(options))
        return nullptr;
    const QByteArray path = options.origins.empty() ? QByteArray("-") : options.origins[0].file;
    Descriptor descriptor;
    if (path != "-")
        descriptor = openForReading(path);
    const int fd = path == "-" ? StandardInput : descriptor.get();
    if (!isStream(fd))
        return nullptr;
    greetTerminal(fd);
    return std::make_shared<RowStream>(
        openForWaiting(fd), RowStream::Options{options.format, *options.inputsPerCommand.fixedCount()});
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
    fillEmpty(groups);
    std::vector<InputList> lists;
    for (const std::vector<InputList> &group : groups)
        lists.push_back(group.size() == 1 ? group.front() : linkedInputs(group));
    const InputTable table(std::move(lists));
    if (!options.shuffle || table.rowCount() == 0)
        return table;
    return InputTable({shuffledInputs(table, QRandomGenerator::system()->generate64())});
}

} // namespace procession
