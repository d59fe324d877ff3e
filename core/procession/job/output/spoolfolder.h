// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/task/attempt.h>

#include <QtCore/QString>

#include <future>

namespace procession {

/// The folder for large output of attempts. It may become known only when the first attempts run already: what its name is made of is found
/// by a thread that opens the store meanwhile.
///
/// \code
/// SpoolFolder folder("/tmp/output");
/// const SpoolFile file(folder, task, 1, "out");         // of the first attempt at the task
/// \endcode
class SpoolFolder
{
public:
    SpoolFolder() = default;
    SpoolFolder(const QString &path) : m_disk(path) { }
    /// \param disk  a folder on the same disk, which is there
    SpoolFolder(const QString &disk, std::shared_future<QString> path) : m_disk(disk), m_path(std::move(path)) { }

    /// Blocks until it is known.
    QString path() const { return m_path.valid() ? m_path.get() : m_disk; }
    /// A folder on the same disk.
    const QString &disk() const { return m_disk; }

private:
    QString m_disk;
    std::shared_future<QString> m_path;
};

/// The file of one stream of one attempt in a SpoolFolder, or any other file. Its path is made when it is asked for, since few attempts write so
/// much.
class SpoolFile
{
public:
    SpoolFile() = default;
    SpoolFile(const QString &path) : m_folder(path) { }
    /// \param ending  a string literal
    SpoolFile(const SpoolFolder &folder, TaskIndex task, int number, const char *ending)
        : m_folder(folder), m_task(task), m_number(number), m_ending(ending)
    {
    }

    /// Blocks until the folder is known.
    QString path() const
    {
        if (!m_ending)
            return m_folder.path();
        return QStringLiteral("%1/%2.%3.%4").arg(m_folder.path()).arg(m_task + 1).arg(m_number).arg(QLatin1StringView(m_ending));
    }

private:
    SpoolFolder m_folder;
    TaskIndex m_task = 0;
    int m_number = 0;
    const char *m_ending = nullptr;
};

} // namespace procession
