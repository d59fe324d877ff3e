// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

#include <QtCore/QByteArray>

#include <vector>

namespace procession {

/// A file that this or another process has open.
struct OpenFile
{
    qint64 pid = 0;
    int number = 0; ///< the descriptor in that process
    quint64 device = 0;
    quint64 file = 0; ///< the inode; the same number on the same device is the same file

    bool isSameFile(const OpenFile &other) const { return device == other.device && file == other.file; }
};

/// The processes that this user may inspect: all for the superuser, otherwise those of the same
/// user.
std::vector<qint64> processesOfUser();

/// The regular files that a process has open.
/// \param target  only files whose link in /proc/PID/fd starts with this
/// \throws SystemError: ENOENT if there is no such process, EACCES or EPERM if this user may not
/// inspect it
std::vector<OpenFile> openFiles(qint64 pid, const QByteArray &target);

/// Opens the same file for reading.
/// \throws SystemError if it is no longer open there, or if this user has no permission
Descriptor openForReading(const OpenFile &file);

/// The name of the program that a process executes, without its folder; empty if it cannot be
/// determined.
QByteArray programOf(qint64 pid);

} // namespace procession
