// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/console.h>

#include <procession/bytefile.h>
#include <procession/errortext.h>
#include <procession/processerror.h>
#include <procession/terminal.h>
#include <procession/words.h>

namespace procession {

void printBytes(QByteArrayView bytes) { writeAll(StandardOutput, bytes); }

void print(const QString &text) { printBytes(text.toUtf8()); }

void printError(const QString &message)
{
    try {
        writeAll(StandardError, "procession: " + message.toUtf8() + '\n');
    } catch (const SystemError &) { // nobody is there to be told
    }
}

void printError(const std::exception &error)
{
    if (const auto *usage = dynamic_cast<const UsageError *>(&error))
        printError(usage->message());
    else
        printError(errorText(error));
}

} // namespace procession
