// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

#include <QtCore/QByteArray>

#include <optional>

namespace procession {

/// A lock on a folder that dies with its process, however that dies. It writes nothing, and so needs no room on the disk.
///
/// \code
/// if (const auto lock = FolderLock::tryLock(path))
///     removeAllIn(path);                   // nobody is using it
/// \endcode
///
/// It belongs to the object and to what this process copies itself to by fork(), not to programs that it executes.
class FolderLock
{
public:
    /// Takes the lock without waiting. \returns empty when somebody holds it
    /// \throws SystemError when there is no such folder, it is a link, or its file system has no locks for folders
    static std::optional<FolderLock> tryLock(const QByteArray &path);

private:
    explicit FolderLock(Descriptor folder) noexcept : m_folder(std::move(folder)) { }

    Descriptor m_folder; // the lock goes with it
};

} // namespace procession
