// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/openwindow.h>

#include <app/commandline/common/verbs.h>
#include <app/commandline/common/words.h>
#include <procession/platform/base/processerror.h>
#include <procession/platform/system/ownexecutable.h>
#include <procession/text/errortext.h>

#include <QtCore/QCoreApplication>

namespace procession {

namespace {

struct Window
{
    Q_DECLARE_TR_FUNCTIONS(Window)
};

QByteArray workbench()
{
    const QByteArray own = ownExecutable();
    return own.left(own.lastIndexOf('/') + 1) + "procession-workbench";
}

} // namespace

int openWindow(int argc, char **argv)
{
    try {
        becomeProgram(workbench(), argv);
    } catch (const SystemError &error) {
        const auto tell = [&error](const QStringList &) -> int {
            throw UsageError(
                Window::tr("the window is a program of its own, and it could not be started: %1").arg(errorText(error)));
        };
        return carryOut(tell, argc, argv);
    }
}

} // namespace procession
