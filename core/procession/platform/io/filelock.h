// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

#include <QtCore/QByteArray>

#include <optional>

namespace procession {

/// An advisory lock that the system releases when its process ends, however it ends.
///
/// A file holds many locks, one for each `slot`: eight bytes of the file, where the holder writes
/// its process id as text.
///
/// \code
/// if (auto lock = FileLock::tryLock("/home/ann/jobs.lock", 12))
///     work();                                          // until the lock is destroyed or this process ends
/// else
///     qWarning() << "in use by" << FileLock::holder("/home/ann/jobs.lock", 12);
/// \endcode
///
/// The lock belongs to the object, not to the process: a second tryLock() of the same slot fails in
/// the same process too. The descriptor is not inherited through exec; a process forked without
/// exec shares the lock. The file is never deleted, since otherwise two processes could lock two
/// files of the same name. Movable; functions may be called from any thread.
class FileLock
{
public:
    /// Takes a lock without waiting. The file is created with mode 0600 if missing.
    /// \returns empty if the lock is held
    /// \throws SystemError if the file cannot be created, opened, locked or written
    static std::optional<FileLock> tryLock(const QByteArray &path, qint64 slot = 0);
    /// The process id that the holder of a lock wrote, empty if the lock is free; takes no lock
    /// itself. 0 if the holder has not written its id yet.
    /// \throws SystemError if the file exists and cannot be read
    static std::optional<qint64> holder(const QByteArray &path, qint64 slot = 0);

private:
    explicit FileLock(Descriptor file) noexcept : m_file(std::move(file)) { }

    Descriptor m_file; // closing it releases the lock
};

} // namespace procession
