// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

namespace procession {

/// How much a disk (a file system) holds, in bytes; zeros where the system does not say.
struct DiskSpace
{
    qint64 total = 0;
    qint64 free = 0; ///< for this user
};

/// Of the disk on which `path` lies. Takes some microseconds where the disk is of this machine.
DiskSpace diskSpace(const QByteArray &path);

/// Of the bytes that the files of a folder and of those in it take on their disk; what cannot be read counts nothing.
qint64 diskUse(const QByteArray &folder);

/// From now on a write beyond the limit of the size of files (`ulimit -f`) fails with EFBIG instead of killing this program. Children are
/// not affected.
void ignoreFileSizeSignal();

} // namespace procession
