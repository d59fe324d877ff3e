// SPDX-License-Identifier: MIT
#include <procession/job/output/temporaryfolder.h>

#include <procession/platform/base/processerror.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <cerrno>

namespace procession {

namespace {

constexpr QLatin1StringView Prefix("procession-output-");

/// Whether the folder is this user's; false for a link, which may lead anywhere.
bool isOwn(const QFileInfo &entry, uint user) { return !entry.isSymLink() && entry.isDir() && entry.ownerId() == user; }

/// Removes what killed programs have left beside a new folder.
void removeLeftBehind(const QFileInfo &made)
{
    for (const QFileInfo &entry : made.dir().entryInfoList({Prefix + QLatin1Char('*')}, QDir::Dirs | QDir::Hidden)) {
        if (entry.filePath() == made.filePath() || !isOwn(entry, made.ownerId()))
            continue;
        try {
            if (const auto lock = FolderLock::tryLock(QFile::encodeName(entry.filePath())))
                QDir(entry.filePath()).removeRecursively();
        } catch (const SystemError &) { // it has just gone, or cannot be removed
        }
    }
}

} // namespace

TemporaryFolder::TemporaryFolder(const QString &parent) : m_folder(QDir(parent).filePath(Prefix + QStringLiteral("XXXXXX"))) { }

/// \returns false when another program has taken the new folder for one that was left behind
bool TemporaryFolder::lock()
{
    try {
        m_lock = FolderLock::tryLock(QFile::encodeName(path()));
        return m_lock && QFile::exists(path());
    } catch (const SystemError &error) { // where folders have no locks, leftovers are not removed either
        return error.number() != ENOENT;
    }
}

std::shared_ptr<TemporaryFolder> TemporaryFolder::make()
{
    int error = 0;
    for (const QString &parent :
        {QDir::tempPath(), QStringLiteral("/tmp"), QStringLiteral("/var/tmp"), QStringLiteral("/dev/shm")}) {
        while (!parent.isEmpty()) { // as Qt's is where TMPDIR does not exist
            errno = 0;
            const std::shared_ptr<TemporaryFolder> made(new TemporaryFolder(parent));
            if (!made->m_folder.isValid())
                break;
            if (!made->lock())
                continue;
            removeLeftBehind(QFileInfo(made->path()));
            return made;
        }
        if (error == 0)
            error = parent.isEmpty() ? ENOENT : errno != 0 ? errno : EACCES;
    }
    throw SystemError("mkdtemp", QFile::encodeName(QDir::tempPath()), error);
}

} // namespace procession
