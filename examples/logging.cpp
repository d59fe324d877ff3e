// SPDX-License-Identifier: MIT
// Log messages of all processes on stderr, each with the name of the process that it comes from.
#include <procession/procession.h>

using namespace procession;

void f() { qCWarning(logger) << "doomed"; }

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);
    logToStderr(QtWarningMsg);

    qCWarning(logger) << "about to start a process";
    qCInfo(logger) << "not written: less than a warning";
    Process p(&f);
    p.start();
    p.join();
}
