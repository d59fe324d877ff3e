// SPDX-License-Identifier: MIT
#include <procession/platform/io/bytefile.h>

#include <procession/platform/base/standardstreams.h>
#include <procession/platform/base/systemcall.h>

#include <cstdlib>
#include <fcntl.h>
#include <memory>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace procession {

namespace {

constexpr mode_t FolderMode = 0777; // less the umask
constexpr mode_t FileMode = 0666;

bool isFolder(const QByteArray &path)
{
    struct stat status
    {
    };
    return stat(path.constData(), &status) == 0 && S_ISDIR(status.st_mode);
}

QByteArray nameOfStream(int fd)
{
    return fd == StandardOutput ? QByteArray("stdout") : fd == StandardError ? QByteArray("stderr") : QByteArray();
}

} // namespace

Descriptor openForReading(const QByteArray &path)
{
    return Descriptor::made(
        checked("open", retryOnInterrupt([&] { return open(path.constData(), O_RDONLY | O_CLOEXEC); }), path));
}

void writeAll(int fd, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t written
            = retryOnInterrupt([&] { return ::write(fd, bytes.data(), static_cast<std::size_t>(bytes.size())); });
        if (written >= 0) {
            bytes = bytes.sliced(written);
        } else if (errno == EAGAIN) {
            pollfd writable{fd, POLLOUT, 0};
            checked("poll", retryOnInterrupt([&] { return poll(&writable, 1, -1); }));
        } else {
            throw SystemError("write", nameOfStream(fd), errno);
        }
    }
}

void makeFolder(const QByteArray &path)
{
    if (mkdir(path.constData(), FolderMode) == 0)
        return;
    const qsizetype slash = path.lastIndexOf('/');
    if (errno == ENOENT && slash > 0) {
        makeFolder(path.left(slash));
        if (mkdir(path.constData(), FolderMode) == 0)
            return;
    }
    if (errno != EEXIST || !isFolder(path))
        throw SystemError("mkdir", path, errno);
}

WholeFile::WholeFile(const QByteArray &path)
    : m_path(path),
      m_temporary(path + ".tmp-" + QByteArray::number(getpid())),
      m_descriptor(checked("open",
          retryOnInterrupt([this] { return open(m_temporary.constData(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, FileMode); }),
          path))
{
}

WholeFile::~WholeFile()
{
    if (m_descriptor.isValid())
        unlink(m_temporary.constData());
}

void WholeFile::write(QByteArrayView bytes)
{
    try {
        writeAll(m_descriptor.get(), bytes);
    } catch (const SystemError &error) {
        throw SystemError("write", m_path, error.number());
    }
}

void WholeFile::commit()
{
    checked("rename", rename(m_temporary.constData(), m_path.constData()), m_path);
    m_descriptor.reset();
}

QByteArray currentDirectory()
{
    const std::unique_ptr<char, decltype(&std::free)> path(get_current_dir_name(), &std::free);
    if (path)
        return path.get();
    if (errno != ENOENT)
        throw SystemError("getcwd", {}, errno);
    return {};
}

} // namespace procession
