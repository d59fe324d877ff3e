// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/common/console.h>

#include <app/commandline/common/words.h>
#include <procession/platform/base/invalidinput.h>
#include <procession/platform/base/processerror.h>
#include <procession/platform/io/bytefile.h>
#include <procession/platform/io/terminal.h>
#include <procession/text/displaytext.h>
#include <procession/text/errortext.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

namespace procession {

namespace {

struct Console
{
    Q_DECLARE_TR_FUNCTIONS(Console)
};

constexpr qsizetype LongestMessage = 1'000; // characters

} // namespace

void printBytes(QByteArrayView bytes) { writeAll(StandardOutput, bytes); }

void print(const QString &text) { printBytes(text.toUtf8()); }

void printError(const QString &message)
{
    try {
        writeAll(StandardError, "procession: " + shortened(message, LongestMessage).toUtf8() + '\n');
    } catch (const SystemError &) { // stderr has no reader
    }
}

void printError(const std::exception &error)
{
    if (const auto *usage = dynamic_cast<const UsageError *>(&error))
        return printError(usage->message());
    const QString text = errorText(error);
    const QString folder = dynamic_cast<const InvalidInput *>(&error) ? QString() : deletedFolder();
    printError(folder.isEmpty() ? text : Console::tr("%1 (the working folder %2 has been deleted)").arg(text, folder));
}

QString deletedFolder()
{
    const QString mark = QStringLiteral(" (deleted)");
    const QString folder = QFile::symLinkTarget(QStringLiteral("/proc/self/cwd"));
    return folder.endsWith(mark) && !QFileInfo::exists(folder) ? displayText(QFile::encodeName(folder.chopped(mark.size())))
                                                               : QString();
}

} // namespace procession
