// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/commandbatch.h>
#include <procession/inputsource.h>

#include <optional>

namespace procession {

/// A batch as a person is writing it: nothing in it has been read or checked yet.
struct BatchDraft
{
    QString name;
    QString command;
    std::vector<InputSource> sources;
    JobOptions job;
    CommandOptions options;
    QString resultsFolder; ///< empty when the results are not wanted as files
};

/// What keeps a draft from being run, and beside which field it is to be told.
struct DraftProblem
{
    enum class Place : quint8 { Command, Source, WorkingFolder, Environment, ResultsFolder };

    Place place = Place::Command;
    int source = -1; ///< which one, for Place::Source
    std::shared_ptr<const std::exception> error; ///< InvalidInput or SystemError, so that it can be worded for people
};

/// What became of a draft: the batch, or what is wrong with it.
struct CheckedDraft
{
    std::shared_ptr<const CommandBatch> batch; ///< null when there is a problem or no input
    std::vector<DraftProblem> problems;
    QByteArrayList columnNames; ///< of all inputs together; empty names where a column has none
    qsizetype count = 0; ///< of tasks
};

/// Turns drafts into batches, and remembers the inputs last read, so that a change of the command does not read them again.
///
/// Reads files: to be used in a thread that may wait, and in one thread at a time.
class DraftChecker
{
public:
    /// \param cancelled  when it becomes true the answer is of no use any more, and comes soon
    CheckedDraft check(const BatchDraft &draft, const std::atomic_bool &cancelled);

private:
    std::optional<InputTable> readSources(const BatchDraft &draft, const std::atomic_bool &cancelled, CheckedDraft &result);

    struct Read
    {
        InputSource source;
        InputList list;
    };
    std::vector<Read> m_read;
};

} // namespace procession
