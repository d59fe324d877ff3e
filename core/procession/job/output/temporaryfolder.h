// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/io/folderlock.h>

#include <QtCore/QTemporaryDir>

#include <memory>
#include <optional>

namespace procession {

/// A folder for the large output of an unrecorded job. The object removes it.
///
/// \code
/// const std::shared_ptr<TemporaryFolder> folder = TemporaryFolder::make();
/// CommandExecutor executor(batch, folder->path());
/// \endcode
///
/// A killed program leaves its folder behind; make() removes such folders of the same user, which it
/// recognises by their free lock. Any thread may use it, one at a time.
class TemporaryFolder
{
public:
    /// In the usual place for temporary files, or where a read-only container has one. Reads and writes files.
    /// \throws SystemError when there is no place for one
    static std::shared_ptr<TemporaryFolder> make();

    QString path() const { return m_folder.path(); }
    /// Removes it before the object goes.
    void remove() { m_folder.remove(); }

private:
    explicit TemporaryFolder(const QString &parent);
    bool lock();

    std::optional<FolderLock> m_lock; // released when the folder has gone
    QTemporaryDir m_folder;
};

} // namespace procession
