// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

#include <QtCore/QByteArray>

#include <optional>

namespace procession {

/// An advisory lock that dies with its process, however that dies.
///
/// A file holds many locks, one for each `slot`: eight bytes of the file, in which the holder writes its process id as text.
///
/// \code
/// if (auto lock = FileLock::tryLock("/home/ann/jobs.lock", 12))
///     work();                                          // until the lock is destroyed, or this process is
/// else
///     qWarning() << "in use by" << FileLock::holder("/home/ann/jobs.lock", 12);
/// \endcode
///
/// The lock belongs to the object, not to the process: a second tryLock() of the same slot fails in the same process too.
/// The descriptor is not inherited through exec; a process forked without exec shares the lock. The file is never
/// deleted, since that would let two processes lock two files of one name. Movable; functions may be called from any thread.
class FileLock
{
public:
    /// Takes a lock without waiting. The file is created with mode 0600 if missing.
    /// \return empty when somebody holds it
    /// \throws SystemError when the file cannot be created, opened, locked or written
    static std::optional<FileLock> tryLock(const QByteArray &path, qint64 slot = 0);
    /// The process id that the holder of a lock wrote, empty when nobody holds it; takes no lock itself.
    /// 0 when a holder was met before it had written its id.
    /// \throws SystemError when the file is there and cannot be read
    static std::optional<qint64> holder(const QByteArray &path, qint64 slot = 0);

private:
    explicit FileLock(Descriptor file) noexcept : m_file(std::move(file)) { }

    Descriptor m_file; // the lock goes with it
};

} // namespace procession
