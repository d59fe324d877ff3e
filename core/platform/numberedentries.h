// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

#include <vector>

namespace procession {

/// The entries of a folder whose names are numbers, such as the processes in /proc and the descriptors in /proc/PID/fd, in no order.
/// While a process's own descriptors are listed, the folder's is among them.
/// \throws SystemError when the folder cannot be read
std::vector<qint64> numberedEntries(const QByteArray &folder);

} // namespace procession
