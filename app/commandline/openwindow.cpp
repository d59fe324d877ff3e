// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/openwindow.h>

#include <procession/errortext.h>
#include <procession/ownexecutable.h>
#include <procession/processerror.h>
#include <procession/verbs.h>
#include <procession/words.h>

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
