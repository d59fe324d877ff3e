// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/batch/draftproblemtext.h>

#include <procession/platform/base/invalidinput.h>
#include <procession/process/functions/tasklibrary.h>
#include <procession/text/displaytext.h>
#include <procession/text/errortext.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QRegularExpression>

namespace procession {
namespace {

struct DraftProblemText
{
    Q_DECLARE_TR_FUNCTIONS(procession::DraftProblemText)
};

} // namespace

QString text(const DraftProblem &problem)
{
    const auto *invalid = dynamic_cast<const InvalidInput *>(problem.error.get());
    if (!invalid)
        return errorText(*problem.error);
    const QByteArrayView key(invalid->problem());
    const QString input = displayText(invalid->input());
    if (key == "draft.folder")
        return DraftProblemText::tr("The folder %1 does not exist. Create it, or choose another.").arg(input);
    if (key == "draft.file")
        return DraftProblemText::tr("The file %1 does not exist. Choose another.").arg(input);
    if (key == "draft.environment")
        return DraftProblemText::tr("“%1” names no variable. Write NAME=value.").arg(input);
    if (key == "draft.no-folder")
        return DraftProblemText::tr("No folder is chosen. Type, drop or choose the folder whose files are the inputs.");
    if (key == "draft.no-file")
        return DraftProblemText::tr("No file is chosen. Type, drop or choose the file that has the inputs.");
    if (key == "draft.no-match")
        return DraftProblemText::tr("No file in %1 matches “%2”. Change the pattern, or include the subfolders.")
            .arg(displayText(invalid->detail()), input);
    if (key == "draft.no-library")
        return DraftProblemText::tr(
            "There is no library of tasks yet. Add one by its file, or put it into one of these folders: %1")
            .arg(displayText(invalid->detail()));
    if (key == "function.arguments")
        return DraftProblemText::tr("The inputs have %Ln column(s), but the function is %1. Give as many columns as it has "
                                    "arguments: combine with more inputs, or take columns of a CSV file.",
            nullptr, invalid->input().toInt())
            .arg(displayText(invalid->detail()));
    return errorText(*invalid);
}

QString defaultName(const BatchDraft &draft)
{
    if (draft.kind == BatchDraft::Kind::Function)
        return draft.function.isEmpty() ? QString() : displayText(TaskLibrary::nameOf(draft.library)) + u':' + draft.function;
    static const QRegularExpression firstWord(QStringLiteral("^\\s*(?:\\S*/)?([^\\s/;|&<>'\"{}]+)"));
    return firstWord.match(draft.command).captured(1);
}

} // namespace procession
