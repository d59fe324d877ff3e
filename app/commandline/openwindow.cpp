// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/openwindow.h>

#include <procession/verbs.h>
#include <procession/words.h>

#include <QtCore/QCoreApplication>

#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace procession {

namespace {

struct Window
{
    Q_DECLARE_TR_FUNCTIONS(Window)
};

} // namespace

int openWindow(int argc, char **argv)
{
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error).replace_filename("procession-workbench");
    if (!error) {
        ::execv(program.c_str(), argv);
        error.assign(errno, std::generic_category());
    }
    const auto tell = [&program, &error](const QStringList &) -> int {
        throw UsageError(Window::tr("the window is a program of its own, \"%1\", and it could not be started (%2); "
                                    "install it there")
                             .arg(QString::fromStdString(program.string()), QString::fromStdString(error.message())));
    };
    return carryOut(tell, argc, argv);
}

} // namespace procession
