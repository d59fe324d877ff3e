// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/batch/batchdraft.h>

#include <procession/job/run/commandbatch.h>
#include <procession/platform/base/invalidinput.h>
#include <procession/process/functions/tasklibrary.h>

#include <QtCore/QFileInfo>

namespace procession {
namespace {

template <typename Error>
DraftProblem problemOf(const Error &error, DraftProblem::Place place, int source = -1)
{
    return {place, source, std::make_shared<Error>(error)};
}

void checkFolder(const QByteArray &folder, DraftProblem::Place place, CheckedDraft &result)
{
    if (folder.isEmpty() || QFileInfo(QFile::decodeName(folder)).isDir())
        return;
    result.problems.push_back(problemOf(
        InvalidInput("draft.folder", folder, {}, "The folder " + folder + " does not exist; create it or choose another."),
        place));
}

void checkEnvironment(const QByteArrayList &environment, CheckedDraft &result)
{
    for (const QByteArray &entry : environment) {
        if (!entry.startsWith('=') && !entry.contains('\0'))
            continue;
        result.problems.push_back(
            problemOf(InvalidInput("draft.environment", entry, {}, '"' + entry + "\" names no variable; write NAME=value."),
                DraftProblem::Place::Environment));
    }
}

/// What there is to choose from.
void offerFunctions(const BatchDraft &draft, CheckedDraft &result)
{
    result.libraries = TaskLibrary::available();
    try {
        if (!draft.library.isEmpty())
            result.functions = TaskLibrary::load(draft.library).functions();
        else if (result.libraries.isEmpty())
            throw InvalidInput("draft.no-library", {}, TaskLibrary::folders().join(", "),
                "There is no library of tasks; add one, or put it into one of the folders that are looked at.");
    } catch (const InvalidInput &error) {
        result.problems.push_back(problemOf(error, DraftProblem::Place::Function));
    }
}

BatchDefinition definitionOf(const BatchDraft &draft, InputTable inputs)
{
    BatchDefinition definition{draft.name, {}, "/bin/sh", std::move(inputs), draft.job, draft.options};
    if (draft.kind == BatchDraft::Kind::Command) {
        definition.command = draft.command.toUtf8();
    } else {
        definition.library = draft.library;
        definition.function = draft.function;
    }
    return definition;
}

/// \throws InvalidInput
std::shared_ptr<const JobBatch> runnableBatch(BatchDefinition definition)
{
    auto batch = JobBatch::of(std::move(definition));
    batch->requireRunnable();
    if (const auto *commands = dynamic_cast<const CommandBatch *>(batch.get()); commands && commands->count() > 0)
        commands->command(0, 1); // a column that the inputs do not have shows itself only here
    return batch;
}

} // namespace

CheckedDraft DraftChecker::check(const BatchDraft &draft, const std::atomic_bool &cancelled)
{
    const bool isFunction = draft.kind == BatchDraft::Kind::Function;
    CheckedDraft result;
    checkFolder(draft.options.workingDirectory, DraftProblem::Place::WorkingFolder, result);
    checkEnvironment(draft.options.environment, result);
    if (isFunction)
        offerFunctions(draft, result);
    std::optional<InputTable> inputs = readSources(draft, cancelled, result);
    if (cancelled)
        return result;
    if (inputs) {
        result.columnNames = inputs->columnNames();
        result.count = inputs->rowCount();
    }
    const bool isChosen = !isFunction || (!result.functions.isEmpty() && !draft.function.isEmpty());
    try {
        if (inputs && isChosen) {
            auto batch = runnableBatch(definitionOf(draft, std::move(*inputs)));
            if (result.problems.empty() && result.count > 0)
                result.batch = std::move(batch);
        } else if (!isFunction) {
            CommandTemplate::parse(draft.command.toUtf8()); // errors of the command are reported beside those of the inputs
        }
    } catch (const InvalidInput &error) {
        const auto place = isFunction ? DraftProblem::Place::Function : DraftProblem::Place::Command;
        result.problems.push_back(problemOf(error, place));
    }
    return result;
}

std::optional<InputTable> DraftChecker::readSources(
    const BatchDraft &draft, const std::atomic_bool &cancelled, CheckedDraft &result)
{
    std::vector<Read> now;
    std::vector<InputList> lists;
    for (std::size_t i = 0; i < draft.sources.size() && !cancelled; ++i) {
        const InputSource &source = draft.sources[i];
        const auto known
            = std::find_if(m_read.begin(), m_read.end(), [&source](const Read &read) { return read.source == source; });
        try {
            now.push_back({source, known != m_read.end() ? known->list : read(source, cancelled)});
            lists.push_back(now.back().list);
        } catch (const InvalidInput &error) {
            result.problems.push_back(problemOf(error, DraftProblem::Place::Source, static_cast<int>(i)));
        } catch (const SystemError &error) {
            result.problems.push_back(problemOf(error, DraftProblem::Place::Source, static_cast<int>(i)));
        }
    }
    if (cancelled)
        return std::nullopt; // what was read may be incomplete: not worth remembering
    m_read = std::move(now);
    if (lists.size() != draft.sources.size())
        return std::nullopt;
    try {
        return InputTable(std::move(lists));
    } catch (const InvalidInput &error) {
        result.problems.push_back(problemOf(error, DraftProblem::Place::Source, static_cast<int>(draft.sources.size()) - 1));
        return std::nullopt;
    }
}

} // namespace procession
