// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/run/callingshell.h>

#include <QtCore/QByteArrayList>
#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <algorithm>
#include <array>
#include <string_view>

namespace procession {

namespace {

using namespace std::string_view_literals;

constexpr std::array PosixShells{"ash"sv, "bash"sv, "dash"sv, "ksh"sv, "ksh93"sv, "lksh"sv, "mksh"sv, "pdksh"sv, "posh"sv,
    "rbash"sv, "sh"sv, "static-sh"sv, "yash"sv, "zsh"sv};
constexpr std::array OtherShells{"bsd-csh"sv, "csh"sv, "elvish"sv, "fish"sv, "nu"sv, "rc"sv, "tcsh"sv, "xonsh"sv};
constexpr int MostAncestors = 64;

template <std::size_t N>
bool isAmong(const std::array<std::string_view, N> &names, const QByteArray &name)
{
    return std::find(names.begin(), names.end(), std::string_view(name.constData(), std::size_t(name.size()))) != names.end();
}

QByteArray nameOfFile(const QByteArray &path) { return path.mid(path.lastIndexOf('/') + 1); }

bool isExecutable(const QByteArray &path)
{
    const QFileInfo file(QFile::decodeName(path));
    return path.startsWith('/') && file.isFile() && file.isExecutable();
}

bool isPosixShell(const QByteArray &path) { return isAmong(PosixShells, nameOfFile(path)) && isExecutable(path); }

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly | QIODevice::Unbuffered) ? file.readAll() : QByteArray();
}

/// 0 if there is none or it is unknown.
qint64 parentOf(qint64 pid)
{
    const QByteArray status = contents(QStringLiteral("/proc/%1/stat").arg(pid));
    // The second field is the program's name in parentheses, in which anything may stand; the fourth is the parent.
    return status.mid(status.lastIndexOf(')') + 1).simplified().split(' ').value(1).toLongLong();
}

/// What a process calls itself, and the name of its applet where it is one of a program with several (`busybox sh`).
QByteArray calledName(qint64 pid)
{
    const QByteArrayList words = contents(QStringLiteral("/proc/%1/cmdline").arg(pid)).split('\0');
    const bool isApplet = nameOfFile(words.first()) == "busybox" && words.size() > 1;
    const QByteArray &name = isApplet ? words.at(1) : words.first();
    return name.startsWith('-') ? name.mid(1) : name; // the name of a login shell starts so
}

QByteArray inPath(const QByteArray &name)
{
    for (const QByteArray &folder : qgetenv("PATH").split(':')) {
        if (const QByteArray path = folder + '/' + name; isExecutable(path))
            return path;
    }
    return {};
}

/// The file of a shell that runs.
QByteArray fileOf(qint64 pid, const QByteArray &called)
{
    const QByteArray file = QFile::encodeName(QFile::symLinkTarget(QStringLiteral("/proc/%1/exe").arg(pid)));
    const QByteArray own = qgetenv("SHELL");
    if (nameOfFile(own) == nameOfFile(called) && isExecutable(own)
        && QFileInfo(QFile::decodeName(own)).canonicalFilePath() == QFile::decodeName(file))
        return own; // as the person spells it
    if (isExecutable(called))
        return called;
    if (nameOfFile(file) == nameOfFile(called) && isExecutable(file))
        return file;
    return inPath(nameOfFile(called));
}

} // namespace

QByteArray callingShell()
{
    if (const QByteArray wanted = qgetenv("PARALLEL_SHELL"); isPosixShell(wanted))
        return wanted;
    qint64 pid = parentOf(QCoreApplication::applicationPid());
    for (int i = 0; i < MostAncestors && pid > 0; ++i, pid = parentOf(pid)) {
        const QByteArray called = calledName(pid);
        if (isAmong(OtherShells, nameOfFile(called)))
            break;
        if (!isAmong(PosixShells, nameOfFile(called)))
            continue;
        if (const QByteArray file = fileOf(pid, called); !file.isEmpty())
            return file;
    }
    const QByteArray own = qgetenv("SHELL");
    return isPosixShell(own) ? own : QByteArray("/bin/sh");
}

} // namespace procession
