// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/attach/attachhelp.h>

#include <QtCore/QCoreApplication>

namespace procession {

namespace {

struct AttachHelp
{
    Q_DECLARE_TR_FUNCTIONS(AttachHelp)
};

} // namespace

QString attachHelp()
{
    return AttachHelp::tr(
        "Usage: procession attach [--json]        lists the programs that can be watched\n"
        "       procession attach PID [OPTIONS]   shows a program: its processes, locks and queues, and who waits for whom\n"
        "\n"
        "PID is the number of any process of a program of yours that uses Procession's library. Nothing in it is changed or\n"
        "delayed, and it may be stopped or hang.\n"
        "\n"
        "Options:\n"
        "      --interval SECONDS  Look again after so many seconds; 1 if not given, on a terminal.\n"
        "      --once              Look once. So it is where stdout is no terminal and no interval is given.\n"
        "      --json              Print JSON, with times in UTC: one document, or with --interval one in each line.\n"
        "  -h, --help              Show this help.\n"
        "\n"
        "It ends when the program does. The exit status is 0, or 255 after an error.\n"
        "\n"
        "Examples:\n"
        "  procession attach\n"
        "  procession attach 4711\n"
        "  procession attach 4711 --json --interval 0.5\n");
}

} // namespace procession
