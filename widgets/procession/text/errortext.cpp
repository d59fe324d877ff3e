// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/text/errortext.h>

#include <procession/job/store/jobstoreerror.h>
#include <procession/platform/base/invalidinput.h>
#include <procession/text/displaytext.h>

#include <QtCore/QByteArrayView>
#include <QtCore/QCoreApplication>

#include <algorithm>
#include <array>
#include <cerrno>

namespace procession {

namespace {

struct ErrorText
{
    Q_DECLARE_TR_FUNCTIONS(procession::ErrorText)
};

struct Wording
{
    const char *problem;
    const char *text; // %1 is the input, %2 the detail
};

constexpr std::array Wordings{
    Wording{"template.empty",
        QT_TRANSLATE_NOOP("procession::ErrorText", "The command is empty. Write a program to run, as in: gzip {}")},
    Wording{"template.unclosed-quote",
        QT_TRANSLATE_NOOP(
            "procession::ErrorText", "A quotation mark or backslash in the command is not closed. Add its other half.")},
    Wording{"template.unclosed-bracket",
        QT_TRANSLATE_NOOP("procession::ErrorText", "A parenthesis or brace in the command is not closed. Add its other half.")},
    Wording{"template.column",
        QT_TRANSLATE_NOOP("procession::ErrorText", "%1 names a column that the inputs do not have: they have %2.")},
    Wording{"template.nul",
        QT_TRANSLATE_NOOP(
            "procession::ErrorText", "A command or an input has a NUL byte, which no command can have. Split the inputs there.")},
    Wording{"input.too-long",
        QT_TRANSLATE_NOOP("procession::ErrorText",
            "An input is longer than %2 bytes. Separate the inputs by newlines, or by another character with -0 or -d.")},
    Wording{"arguments.too-long",
        QT_TRANSLATE_NOOP("procession::ErrorText",
            "With the input “%1” alone the command has more than %2 bytes. Put long inputs into files, or raise the limit.")},
    Wording{"template.number",
        QT_TRANSLATE_NOOP("procession::ErrorText", "“%1” is no number, but %2 stands in arithmetic, where only numbers can.")},
    Wording{"template.back-quotes",
        QT_TRANSLATE_NOOP("procession::ErrorText", "Inputs cannot be put right inside back-quotes. Write $( ) in their place.")},
    Wording{"template.here-document",
        QT_TRANSLATE_NOOP("procession::ErrorText",
            "Inputs cannot be put right with a here-document (<<). Write printf '%s\\n' {} | … in its place.")},
    Wording{"template.dollar-quote",
        QT_TRANSLATE_NOOP("procession::ErrorText", "Inputs cannot be put right inside $'…'. Use single or double quotes.")},
    Wording{"template.parameter",
        QT_TRANSLATE_NOOP("procession::ErrorText", "Inputs cannot be put right inside ${ }. Put them into a variable first.")},
    Wording{"template.arithmetic",
        QT_TRANSLATE_NOOP(
            "procession::ErrorText", "This arithmetic is understood differently by different shells. Write $(( )).")},
    Wording{
        "template.comment", QT_TRANSLATE_NOOP("procession::ErrorText", "An input stands in a comment, where it has no effect.")},
    Wording{"template.case",
        QT_TRANSLATE_NOOP("procession::ErrorText", "“case” inside $( ) hides where it ends. Put it into a script.")},
    Wording{"template.perl",
        QT_TRANSLATE_NOOP(
            "procession::ErrorText", "{= =} with Perl inside is not supported. Use $( ) with sed or another program.")},
    Wording{"halt.rule",
        QT_TRANSLATE_NOOP(
            "procession::ErrorText", "“%1” is no rule to give a job up. Write one as in: never, now,fail=1 or soon,fail=10%.")},
    Wording{"input.too-many",
        QT_TRANSLATE_NOOP("procession::ErrorText", "These are too many inputs: a job has at most %2 tasks. Split them.")},
    Wording{"input.too-wide",
        QT_TRANSLATE_NOOP("procession::ErrorText", "The inputs have too many columns: at most %2 are possible.")},
    Wording{"input.damaged",
        QT_TRANSLATE_NOOP("procession::ErrorText", "The stored inputs are damaged. Start the batch again with its inputs.")},
    Wording{"input.unreadable", QT_TRANSLATE_NOOP("procession::ErrorText", "The inputs cannot be read: %2")},
    Wording{"input.column-separator",
        QT_TRANSLATE_NOOP("procession::ErrorText",
            "“%1” cannot separate columns. Give one character for CSV, otherwise a regular expression. %2")},
    Wording{"input.csv-quote",
        QT_TRANSLATE_NOOP(
            "procession::ErrorText", "A quotation mark in line %1 of the CSV is wrong. Write one inside of quotes twice.")},
    Wording{"range.number",
        QT_TRANSLATE_NOOP("procession::ErrorText",
            "“%1” is no number for a range. Write one like 7, -3 or 0.25, with at most 9 digits on each side.")},
    Wording{"range.step",
        QT_TRANSLATE_NOOP("procession::ErrorText", "In steps of %1 the range does not come to its end. Give another step.")},
    Wording{"quantity.duration",
        QT_TRANSLATE_NOOP("procession::ErrorText", "“%1” is no time. Write seconds, or units as in 500ms, 2m, 1h30m or 1d.")},
    Wording{"quantity.time-limit",
        QT_TRANSLATE_NOOP("procession::ErrorText",
            "“%1” is no time limit. Write seconds, units as in 500ms or 2m, or a part of the usual time as in 200%.")},
    Wording{"quantity.workers",
        QT_TRANSLATE_NOOP("procession::ErrorText",
            "“%1” is no number of workers. Write a number, +N or -N from the number of processors, or a part of it as in 50%.")},
    Wording{"quantity.size",
        QT_TRANSLATE_NOOP("procession::ErrorText", "“%1” is no size. Write bytes, perhaps with a unit, as in 512M or 1G.")},
    Wording{"definition.member",
        QT_TRANSLATE_NOOP("procession::ErrorText", "The description of the batch is damaged: %1 is missing or wrong.")},
    Wording{"function.unknown",
        QT_TRANSLATE_NOOP("procession::ErrorText", "There is no function “%1” in this program. Those that there are: %2.")},
    Wording{"function.arguments",
        QT_TRANSLATE_NOOP(
            "procession::ErrorText", "Each input has %1 columns, and the function is %2. Give it as many as it has parameters.")},
    Wording{"library.missing",
        QT_TRANSLATE_NOOP("procession::ErrorText",
            "There is no library of tasks %1. Give its path, or put it into one of the folders that are looked at: %2.")},
    Wording{"library.no-file",
        QT_TRANSLATE_NOOP("procession::ErrorText", "There is no file %1. Build that library of tasks, or give another path.")},
    Wording{"library.unreadable", QT_TRANSLATE_NOOP("procession::ErrorText", "The library of tasks %1 cannot be read: %2")},
    Wording{"library.foreign",
        QT_TRANSLATE_NOOP(
            "procession::ErrorText", "%1 is no library of tasks. Give one that procession_add_tasks() of CMake has made.")},
    Wording{"library.build",
        QT_TRANSLATE_NOOP("procession::ErrorText",
            "The library of tasks %1 was built for another version of this program: %2. Build it anew for this one.")},
    Wording{"library.refused",
        QT_TRANSLATE_NOOP("procession::ErrorText",
            "The library of tasks %1 cannot be loaded: %2 Install what it needs, or build it anew for this program.")},
    Wording{"library.empty",
        QT_TRANSLATE_NOOP("procession::ErrorText",
            "The library of tasks %1 has no function. Name its functions by PROCESSION_REGISTER_TASK().")},
    Wording{"library.function",
        QT_TRANSLATE_NOOP("procession::ErrorText", "There is no function %1. That library of tasks has: %2.")},
    Wording{"joblog.line", QT_TRANSLATE_NOOP("procession::ErrorText", "Line %1 of the job log is wrong. Mend or remove it.")},
    Wording{"joblog.header", QT_TRANSLATE_NOOP("procession::ErrorText", "%1 is no job log. Give another file.")},
    Wording{"batch.no-job", QT_TRANSLATE_NOOP("procession::ErrorText", "There is no job %1 in %2.")},
    Wording{"batch.no-store",
        QT_TRANSLATE_NOOP("procession::ErrorText", "An earlier job can only be continued with the database that recorded it.")},
};

constexpr qsizetype LongestValue = 200; // characters that an error shows of what is wrong

QString inputText(const InvalidInput &error)
{
    const auto wording = std::find_if(Wordings.begin(), Wordings.end(),
        [key = QByteArrayView(error.problem())](const Wording &one) { return key == one.problem; });
    if (wording == Wordings.end())
        return QString::fromUtf8(error.what());
    const QString text = ErrorText::tr(wording->text);
    const QString input = shortened(displayText(error.input()), LongestValue);
    const QString detail = shortened(displayText(error.detail()), LongestValue);
    // Not every text names both, which arg() would complain about.
    const bool hasInput = text.contains(QLatin1StringView("%1"));
    const bool hasDetail = text.contains(QLatin1StringView("%2"));
    if (hasInput && hasDetail)
        return text.arg(input, detail);
    return hasInput ? text.arg(input) : hasDetail ? text.arg(detail) : text;
}

QString storeText(const JobStoreError &error)
{
    switch (error.reason()) {
    case JobStoreError::Reason::NoAccess:
        return ErrorText::tr("The database %1 cannot be read or written. Look at the permissions of the file and its folder.")
            .arg(error.path());
    case JobStoreError::Reason::DiskFull:
        return ErrorText::tr("There is no space left for the database %1. Make room.").arg(error.path());
    case JobStoreError::Reason::InputOutput:
        return ErrorText::tr("The disk reported an error with the database %1.").arg(error.path());
    case JobStoreError::Reason::Busy:
        return ErrorText::tr("Another program held the database %1 for too long. Try again.").arg(error.path());
    case JobStoreError::Reason::NoLocks:
        return ErrorText::tr("The database %1 is on a file system without locks. Choose a file on another one.")
            .arg(error.path());
    case JobStoreError::Reason::Damaged:
        return ErrorText::tr("The database %1 is damaged. Move it away to begin a new one.").arg(error.path());
    case JobStoreError::Reason::Foreign:
        return ErrorText::tr("%1 is a file of another program, not a database of jobs. Choose another file.").arg(error.path());
    case JobStoreError::Reason::NewerSchema:
        return ErrorText::tr("A newer version of this program made the database %1. Use that version.").arg(error.path());
    case JobStoreError::Reason::JobInUse:
        return error.holder() > 0 ? ErrorText::tr("Process %1 runs this job. Wait for it, or end it.").arg(error.holder())
                                  : ErrorText::tr("Another program runs this job. Wait for it, or end it.");
    case JobStoreError::Reason::NoSuchJob:
        return ErrorText::tr("The database %1 does not have this job any more.").arg(error.path());
    case JobStoreError::Reason::Internal:
        return ErrorText::tr("An error of this program: %1").arg(QString::fromUtf8(error.what()));
    }
    Q_UNREACHABLE();
}

QString systemText(const SystemError &error)
{
    const QString reason = qt_error_string(error.number());
    if (error.call() == "pthread_create")
        return ErrorText::tr("No thread could be started for %1: %2. Raise the limit: see ulimit -u.")
            .arg(displayText(error.subject()), reason);
    const QString text = error.subject().isEmpty()
        ? reason
        : ErrorText::tr("%1: %2", "what it is about, and the system's reason").arg(displayText(error.subject()), reason);
    return error.number() == EMFILE ? ErrorText::tr("%1. Raise the limit: see ulimit -n.").arg(text) : text;
}

} // namespace

QString errorText(const std::exception &error)
{
    if (const auto *invalid = dynamic_cast<const InvalidInput *>(&error))
        return inputText(*invalid);
    if (const auto *store = dynamic_cast<const JobStoreError *>(&error))
        return storeText(*store);
    if (const auto *system = dynamic_cast<const SystemError *>(&error))
        return systemText(*system);
    return QString::fromUtf8(error.what());
}

} // namespace procession
