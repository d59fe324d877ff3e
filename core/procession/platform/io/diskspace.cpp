// SPDX-License-Identifier: MIT
#include <procession/platform/io/diskspace.h>

#include <procession/platform/base/systemcall.h>

#include <csignal>
#include <filesystem>
#include <sys/stat.h>
#include <sys/statvfs.h>

namespace procession {

DiskSpace diskSpace(const QByteArray &path)
{
    struct statvfs64 status
    {
    };
    if (retryOnInterrupt([&] { return ::statvfs64(path.constData(), &status); }) != 0)
        return {};
    const auto blockSize = static_cast<qint64>(status.f_frsize);
    return {static_cast<qint64>(status.f_blocks) * blockSize, static_cast<qint64>(status.f_bavail) * blockSize};
}

qint64 diskUse(const QByteArray &folder)
{
    namespace fs = std::filesystem;
    constexpr qint64 BlockSize = 512; // of st_blocks, whatever the disk's is
    qint64 use = 0;
    std::error_code error;
    fs::recursive_directory_iterator entry(folder.toStdString(), fs::directory_options::skip_permission_denied, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        struct stat64 status
        {
        };
        if (::lstat64(entry->path().c_str(), &status) == 0 && S_ISREG(status.st_mode))
            use += static_cast<qint64>(status.st_blocks) * BlockSize;
    }
    return use;
}

void ignoreFileSizeSignal() { ::signal(SIGXFSZ, SIG_IGN); }

} // namespace procession
