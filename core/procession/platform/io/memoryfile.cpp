// SPDX-License-Identifier: MIT
#include <procession/platform/io/memoryfile.h>

#include <procession/platform/base/systemcall.h>

#include <csignal>
#include <ctime>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace procession {

namespace {

/// Holds SIGXFSZ back in this thread, and forgets the one that a refused call has raised.
class NoFileSizeSignal
{
public:
    NoFileSizeSignal()
    {
        ::sigemptyset(&m_signal);
        ::sigaddset(&m_signal, SIGXFSZ);
        ::pthread_sigmask(SIG_BLOCK, &m_signal, &m_before);
    }
    ~NoFileSizeSignal()
    {
        const timespec now{};
        while (!::sigismember(&m_before, SIGXFSZ) && ::sigtimedwait(&m_signal, nullptr, &now) > 0) { }
        ::pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
    }
    Q_DISABLE_COPY_MOVE(NoFileSizeSignal)

private:
    sigset_t m_signal;
    sigset_t m_before;
};

/// Lets files be as large as this process may allow itself, for as long as it lives.
class LargestFiles
{
public:
    LargestFiles()
    {
        checked("getrlimit", ::getrlimit(RLIMIT_FSIZE, &m_before));
        const rlimit largest{m_before.rlim_max, m_before.rlim_max};
        checked("setrlimit", ::setrlimit(RLIMIT_FSIZE, &largest));
    }
    ~LargestFiles() { ::setrlimit(RLIMIT_FSIZE, &m_before); }
    Q_DISABLE_COPY_MOVE(LargestFiles)

private:
    rlimit m_before{};
};

void setSize(const Descriptor &file, quint64 size)
{
    const NoFileSizeSignal noSignal;
    const auto truncate = [&] { return ::ftruncate64(file.get(), static_cast<off64_t>(size)); };
    if (retryOnInterrupt(truncate) == 0)
        return;
    if (errno != EFBIG)
        throw SystemError("ftruncate", QByteArray::number(size) + " bytes of shared memory", errno);
    const LargestFiles allowed;
    checked("ftruncate", retryOnInterrupt(truncate),
        [&] { return QByteArray::number(size) + " bytes of shared memory (see ulimit -f)"; });
}

void allocate(const Descriptor &file, int mode, quint64 offset, quint64 length)
{
    checked("fallocate", retryOnInterrupt([&] {
        return ::fallocate64(file.get(), mode, static_cast<off64_t>(offset), static_cast<off64_t>(length));
    }),
        [&] { return QByteArray::number(length) + " bytes of shared memory"; });
}

struct stat64 statusOf(const Descriptor &file)
{
    struct stat64 status
    {
    };
    checked("fstat", ::fstat64(file.get(), &status), "shared memory");
    return status;
}

} // namespace

MemoryFile MemoryFile::create(const char *name, quint64 size)
{
    Descriptor file = Descriptor::made(checked("memfd_create", ::memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING), name));
    checked("fchmod", ::fchmod(file.get(), S_IRUSR | S_IWUSR), name);
    setSize(file, size);
    checked("fcntl", ::fcntl(file.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL), name);
    return MemoryFile(std::move(file));
}

quint64 MemoryFile::size() const { return static_cast<quint64>(statusOf(m_descriptor).st_size); }

quint64 MemoryFile::reserved() const
{
    constexpr quint64 BlockSize = 512; // whatever the file system's is
    return static_cast<quint64>(statusOf(m_descriptor).st_blocks) * BlockSize;
}

std::size_t MemoryFile::read(quint64 offset, std::span<std::byte> bytes) const
{
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t count = checked("pread", retryOnInterrupt([&] {
            return ::pread64(m_descriptor.get(), bytes.data() + done, bytes.size() - done, static_cast<off64_t>(offset + done));
        }),
            "shared memory");
        if (count == 0)
            break;
        done += static_cast<std::size_t>(count);
    }
    return done;
}

bool MemoryFile::isSame(const MemoryFile &other) const
{
    const auto ours = statusOf(m_descriptor);
    const auto others = statusOf(other.m_descriptor);
    return ours.st_ino == others.st_ino && ours.st_dev == others.st_dev;
}

void MemoryFile::reserve(quint64 offset, quint64 length) const { allocate(m_descriptor, FALLOC_FL_KEEP_SIZE, offset, length); }

void MemoryFile::release(quint64 offset, quint64 length) const
{
    allocate(m_descriptor, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, length);
}

} // namespace procession
