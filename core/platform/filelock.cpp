// SPDX-License-Identifier: MIT
#include <procession/filelock.h>
#include <procession/processerror.h>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

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

template <typename Call>
auto retryInterrupted(Call call)
{
    auto result = call();
    while (result < 0 && errno == EINTR)
        result = call();
    return result;
}

class Descriptor
{
public:
    explicit Descriptor(int value) : m_value(value) { }
    Q_DISABLE_COPY_MOVE(Descriptor)
    ~Descriptor()
    {
        if (m_value >= 0)
            ::close(m_value);
    }
    int get() const { return m_value; }
    int release() { return std::exchange(m_value, -1); }

private:
    int m_value;
};

} // namespace

// Locks of an open file description (F_OFD_*), because the classic ones of a process are lost as soon as any descriptor of
// the file is closed.
std::optional<FileLock> FileLock::tryLock(const QByteArray &path, qint64 slot)
{
    Descriptor file(retryInterrupted([&] { return ::open(path.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600); }));
    if (file.get() < 0)
        throw SystemError("open", path, errno);
    struct flock range = slotRange(slot);
    if (retryInterrupted([&] { return ::fcntl(file.get(), F_OFD_SETLK, &range); }) < 0) {
        if (errno == EAGAIN || errno == EACCES)
            return std::nullopt;
        throw SystemError("fcntl", path, errno);
    }
    const QByteArray id = QByteArray::number(::getpid()).leftJustified(SlotSize - 1, ' ') + '\n';
    const auto written = retryInterrupted([&] { return ::pwrite(file.get(), id.constData(), SlotSize, slot * SlotSize); });
    if (written != SlotSize)
        throw SystemError("pwrite", path, written < 0 ? errno : ENOSPC);
    return FileLock(file.release());
}

std::optional<qint64> FileLock::holder(const QByteArray &path, qint64 slot)
{
    const Descriptor file(retryInterrupted([&] { return ::open(path.constData(), O_RDWR | O_CLOEXEC); }));
    if (file.get() < 0) {
        if (errno == ENOENT)
            return std::nullopt;
        throw SystemError("open", path, errno);
    }
    struct flock range = slotRange(slot);
    if (retryInterrupted([&] { return ::fcntl(file.get(), F_OFD_GETLK, &range); }) < 0)
        throw SystemError("fcntl", path, errno);
    if (range.l_type == F_UNLCK)
        return std::nullopt;
    std::array<char, SlotSize> text{};
    const auto length = retryInterrupted([&] { return ::pread(file.get(), text.data(), text.size(), slot * SlotSize); });
    if (length < 0)
        throw SystemError("pread", path, errno);
    return QByteArray(text.data(), length).trimmed().toLongLong();
}

FileLock::FileLock(FileLock &&other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) { }

FileLock &FileLock::operator=(FileLock &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

FileLock::~FileLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

} // namespace procession
