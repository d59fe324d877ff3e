// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>

/// \file
/// Paths of which a test knows what is there, whatever machine it runs on.

inline QByteArray ownFolder()
{
    static const QTemporaryDir folder;
    return QFile::encodeName(folder.path());
}

/// Where there is nothing. \param name  may have folders in it, which are not there either
inline QByteArray absentPath(const QByteArray &name = "absent") { return ownFolder() + '/' + name; }

/// A file that may not be executed.
inline QByteArray plainFile()
{
    const QByteArray path = ownFolder() + "/plain.txt";
    QFile file(QFile::decodeName(path));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write %s", path.constData());
    return path;
}
