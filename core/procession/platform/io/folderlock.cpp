// SPDX-License-Identifier: MIT
#include <procession/platform/io/folderlock.h>

#include <procession/platform/base/systemcall.h>

#include <fcntl.h>
#include <sys/file.h>

namespace procession {

std::optional<FolderLock> FolderLock::tryLock(const QByteArray &path)
{
    constexpr int Flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    Descriptor folder = Descriptor::made(checked("open", ::open(path.constData(), Flags), path));
    if (retryOnInterrupt([&folder] { return ::flock(folder.get(), LOCK_EX | LOCK_NB); }) == 0)
        return FolderLock(std::move(folder));
    if (errno == EWOULDBLOCK)
        return std::nullopt;
    throw SystemError("flock", path, errno);
}

} // namespace procession
