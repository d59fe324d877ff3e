// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/run/jobbatch.h>
#include <procession/process/functions/registeredfunction.h>
#include <procession/widgets/inputs/inputsource.h>

#include <optional>

namespace procession {

/// A batch as a person is writing it: nothing in it has been read or checked yet.
struct BatchDraft
{
    enum class Kind : quint8 { Command, Function };

    QString name;
    Kind kind = Kind::Command;
    QString command; ///< for Kind::Command
    QByteArray library; ///< for Kind::Function: path of the library of tasks; empty when none is chosen
    QString function; ///< for Kind::Function: its name there; empty when none is chosen
    std::vector<InputSource> sources;
    JobOptions job;
    CommandOptions options;
    QString resultsFolder; ///< empty when the results are not wanted as files
};

/// Why a draft cannot run, and the field beside which to say so.
struct DraftProblem
{
    enum class Place : quint8 { Command, Function, Source, WorkingFolder, Environment, ResultsFolder };

    Place place = Place::Command;
    int source = -1; ///< which one, for Place::Source
    std::shared_ptr<const std::exception> error; ///< InvalidInput or SystemError, so that it can be worded for people
};

/// A checked draft: the batch, or its errors.
struct CheckedDraft
{
    std::shared_ptr<const JobBatch> batch; ///< null when there is a problem, no input, or no function
    std::vector<DraftProblem> problems;
    QByteArrayList columnNames; ///< of all inputs together; empty names where a column has none
    qsizetype count = 0; ///< of tasks
    QByteArrayList libraries; ///< for BatchDraft::Kind::Function: the paths of the libraries found
    QList<RegisteredFunction> functions; ///< of the draft's library
};

/// Turns drafts into batches, and remembers the inputs last read, so that a change of the command does not read them again.
///
/// Reads files, and loads the library of tasks that a draft names: to be used in a thread that may wait, and in one thread at a time.
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
