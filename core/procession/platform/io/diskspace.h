// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

namespace procession {

/// The size of a disk (a file system), in bytes; zeros if the system does not report it.
struct DiskSpace
{
    qint64 total = 0;
    qint64 free = 0; ///< available to this user
};

/// The space on the disk that contains `path`. Takes some microseconds if the disk is local.
DiskSpace diskSpace(const QByteArray &path);

/// The bytes that the files of a folder and its subfolders occupy on their disk; unreadable files
/// and folders do not count.
qint64 diskUse(const QByteArray &folder);

/// From now on a write beyond the file size limit (`ulimit -f`) fails with EFBIG instead of killing
/// this program. Children are not affected.
void ignoreFileSizeSignal();

} // namespace procession
