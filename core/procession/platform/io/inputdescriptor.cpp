// SPDX-License-Identifier: MIT
#include <procession/platform/io/inputdescriptor.h>

#include <QtCore/QByteArray>

#include <fcntl.h>
#include <sys/stat.h>

namespace procession {

bool isStream(int fd)
{
    struct stat status
    {
    };
    if (::fstat(fd, &status) != 0)
        return false;
    return S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode) || S_ISCHR(status.st_mode);
}

bool isPipeThatDoesNotBlock(int fd)
{
    struct stat status
    {
    };
    const int flags = ::fcntl(fd, F_GETFL);
    return flags >= 0 && (flags & O_NONBLOCK) && ::fstat(fd, &status) == 0 && S_ISFIFO(status.st_mode);
}

Descriptor openForWaiting(int fd)
{
    const QByteArray path = "/proc/self/fd/" + QByteArray::number(fd);
    const int own = ::open(path.constData(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (own >= 0)
        return Descriptor::made(own);
    Descriptor original(fd);
    try {
        Descriptor copy = original.duplicate();
        original.release();
        return copy;
    } catch (...) {
        original.release();
        throw;
    }
}

} // namespace procession
