// SPDX-License-Identifier: MIT
#include <procession/platform/io/filelock.h>

#include <procession/platform/base/systemcall.h>

#include <array>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace procession {

namespace {

constexpr qint64 SlotSize = 8; // seven digits hold the largest process id, 4194304, and a newline

struct flock slotRange(qint64 slot)
{
    struct flock range = {};
    range.l_type = F_WRLCK;
    range.l_whence = SEEK_SET;
    range.l_start = slot * SlotSize;
    range.l_len = SlotSize;
    return range;
}

} // namespace

// Locks of an open file description (F_OFD_*), because the classic ones of a process are lost as soon as any descriptor of
// the file is closed.
std::optional<FileLock> FileLock::tryLock(const QByteArray &path, qint64 slot)
{
    Descriptor file
        = Descriptor::made(retryOnInterrupt([&] { return ::open(path.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600); }));
    if (!file.isValid())
        throw SystemError("open", path, errno);
    struct flock range = slotRange(slot);
    if (retryOnInterrupt([&] { return ::fcntl(file.get(), F_OFD_SETLK, &range); }) < 0) {
        if (errno == EAGAIN || errno == EACCES)
            return std::nullopt;
        throw SystemError("fcntl", path, errno);
    }
    const QByteArray id = QByteArray::number(::getpid()).leftJustified(SlotSize - 1, ' ') + '\n';
    const auto written = retryOnInterrupt([&] { return ::pwrite(file.get(), id.constData(), SlotSize, slot * SlotSize); });
    if (written != SlotSize)
        throw SystemError("pwrite", path, written < 0 ? errno : ENOSPC);
    return FileLock(std::move(file));
}

std::optional<qint64> FileLock::holder(const QByteArray &path, qint64 slot)
{
    const Descriptor file(retryOnInterrupt([&] { return ::open(path.constData(), O_RDONLY | O_CLOEXEC); }));
    if (!file.isValid()) {
        if (errno == ENOENT)
            return std::nullopt;
        throw SystemError("open", path, errno);
    }
    struct flock range = slotRange(slot);
    if (retryOnInterrupt([&] { return ::fcntl(file.get(), F_OFD_GETLK, &range); }) < 0)
        throw SystemError("fcntl", path, errno);
    if (range.l_type == F_UNLCK)
        return std::nullopt;
    std::array<char, SlotSize> text{};
    const auto length = retryOnInterrupt([&] { return ::pread(file.get(), text.data(), text.size(), slot * SlotSize); });
    if (length < 0)
        throw SystemError("pread", path, errno);
    return QByteArray(text.data(), length).trimmed().toLongLong();
}

} // namespace procession
