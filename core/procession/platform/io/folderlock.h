// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

#include <QtCore/QByteArray>

#include <optional>

namespace procession {

/// A lock on a folder that the system releases when its process ends, however it ends. It writes
/// nothing, and so needs no space on the disk.
///
/// \code
/// if (const auto lock = FolderLock::tryLock(path))
///     removeAllIn(path);                   // no process is using it
/// \endcode
///
/// It is held by the object, and by copies of this process made by fork(), but not by programs that
/// it executes.
class FolderLock
{
public:
    /// Takes the lock without waiting. \returns empty if it is held
    /// \throws SystemError if there is no such folder, if it is a link, or if its file system has
    /// no locks for folders
    static std::optional<FolderLock> tryLock(const QByteArray &path);

private:
    explicit FolderLock(Descriptor folder) noexcept : m_folder(std::move(folder)) { }

    Descriptor m_folder; // closing it releases the lock
};

} // namespace procession
