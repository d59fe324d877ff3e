// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/common/homefolders.h>

#include <QtCore/QByteArray>
#include <QtCore/QDir>
#include <QtCore/QFile>

namespace procession {

namespace {

/// A folder that a variable names; empty when it names none.
QString folderIn(const char *variable)
{
    const QString folder = QFile::decodeName(qgetenv(variable));
    return QDir::isAbsolutePath(folder) ? QDir::cleanPath(folder) : QString();
}

QString folderInHome(const char *variable, const QString &otherwise)
{
    if (const QString folder = folderIn(variable); !folder.isEmpty())
        return folder;
    const QString home = folderIn("HOME");
    return home.isEmpty() || home == QLatin1StringView("/") ? QString() : home + otherwise;
}

} // namespace

QString dataHome() { return folderInHome("XDG_DATA_HOME", QStringLiteral("/.local/share")); }

QString configHome() { return folderInHome("XDG_CONFIG_HOME", QStringLiteral("/.config")); }

} // namespace procession
