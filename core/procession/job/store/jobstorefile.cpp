// SPDX-License-Identifier: MIT
#include <procession/job/store/jobstoreerror.h>
#include <procession/job/store/jobstorefile.h>
#include <procession/job/store/jobstoreschema.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QtEndian>

namespace procession {

namespace {

constexpr QFile::Permissions OwnFile = QFile::ReadOwner | QFile::WriteOwner;
constexpr QFile::Permissions OwnFolder = OwnFile | QFile::ExeOwner;

// The beginning of each SQLite database, which is part of its file format.
constexpr qsizetype HeaderSize = 100;
constexpr char Magic[] = "SQLite format 3"; // with its NUL
constexpr qsizetype VersionPlace = 60;
constexpr qsizetype ApplicationPlace = 68;

void makeFolder(const QString &folder)
{
    if (folder.isEmpty() || QFileInfo(folder).isDir())
        return;
    makeFolder(QFileInfo(folder).path());
    if (!QDir().mkdir(folder, OwnFolder) && !QFileInfo(folder).isDir())
        throw JobStoreError(JobStoreError::Reason::NoAccess, folder, QStringLiteral("create the folder"),
            QStringLiteral("the system refused it"));
}

} // namespace

void makeStoreFile(const QString &path)
{
    if (QFile::exists(path))
        return;
    makeFolder(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite | QIODevice::NewOnly, OwnFile) && !QFile::exists(path))
        throw JobStoreError(JobStoreError::Reason::NoAccess, path, QStringLiteral("create the file"), file.errorString());
}

bool looksLikeStore(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(QFileInfo(path).path()).isWritable() || !file.open(QIODevice::ReadWrite | QIODevice::Unbuffered))
        return false;
    const QByteArray header = file.read(HeaderSize);
    if (header.isEmpty())
        return file.error() == QFile::NoError;
    if (header.size() < HeaderSize || !header.startsWith(QByteArrayView(Magic, sizeof Magic)))
        return false;
    // A store whose tables are still in its write-ahead log has version 0.
    const auto version = qFromBigEndian<quint32>(header.constData() + VersionPlace);
    return qFromBigEndian<quint32>(header.constData() + ApplicationPlace) == quint32(JobStoreApplicationId)
        && (version == 0 || version == quint32(JobStoreSchemaVersion));
}

} // namespace procession
