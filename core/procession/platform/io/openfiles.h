// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

#include <QtCore/QByteArray>

#include <vector>

namespace procession {

/// A file that a process, this one or another, has open.
struct OpenFile
{
    qint64 pid = 0;
    int number = 0; ///< of the descriptor there
    quint64 device = 0;
    quint64 file = 0; ///< the same number on the same device is the same file

    bool isSameFile(const OpenFile &other) const { return device == other.device && file == other.file; }
};

/// The processes that this user may look at: all for the superuser, else those of the same user.
std::vector<qint64> processesOfUser();

/// Regular files that a process has open.
/// \param target  what /proc/PID/fd shows begins with this
/// \throws SystemError: ENOENT when there is no such process, EACCES or EPERM when this user may not look
std::vector<OpenFile> openFiles(qint64 pid, const QByteArray &target);

/// Opens the same file for reading.
/// \throws SystemError when it is not open there any more, or this user may not
Descriptor openForReading(const OpenFile &file);

/// The name of the program that a process executes, without its folder; empty when that cannot be told.
QByteArray programOf(qint64 pid);

} // namespace procession
