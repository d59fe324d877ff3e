// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/systemcallsonly.h>

#include <QtCore/QByteArray>

#include <cstddef>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

namespace procession {

/// The entries of a folder whose names are numbers, such as the processes in /proc and the
/// descriptors in /proc/PID/fd, in no particular order. A list of this process's own descriptors
/// includes that of the folder.
/// \throws SystemError if the folder cannot be read
std::vector<qint64> numberedEntries(const QByteArray &folder);

/// Calls `function` with each of these numbers, for an open folder. Otherwise makes system calls
/// only.
template <typename Function>
PROCESSION_SYSTEM_CALLS_ONLY void forEachNumberedEntry(int folder, Function &&function)
{
    constexpr std::size_t LengthAt = 16; // in the kernel's struct linux_dirent64
    constexpr std::size_t NameAt = 19;
    alignas(8) char entries[4096];
    for (long size = 0; (size = syscall(SYS_getdents64, folder, entries, sizeof entries)) > 0;) {
        for (long at = 0; at < size;) {
            unsigned short length = 0;
            __builtin_memcpy(&length, entries + at + LengthAt, sizeof length);
            int number = 0;
            const char *const name = entries + at + NameAt;
            const char *end = name;
            for (; *end >= '0' && *end <= '9'; ++end)
                number = 10 * number + (*end - '0');
            if (*end == 0 && end != name)
                function(number);
            at += length;
        }
    }
}

} // namespace procession
