// SPDX-License-Identifier: MIT
#include <procession/platform/io/openfiles.h>

#include <procession/platform/base/numberedentries.h>
#include <procession/platform/base/systemcall.h>
#include <procession/platform/io/bytefile.h>

#include <array>
#include <climits>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>

namespace procession {

namespace {

QByteArray folderOf(qint64 pid) { return "/proc/" + QByteArray::number(pid); }

QByteArray linkTarget(const QByteArray &path)
{
    std::array<char, PATH_MAX> target;
    const ssize_t size = ::readlink(path.constData(), target.data(), target.size());
    return size < 0 ? QByteArray() : QByteArray(target.data(), size);
}

std::optional<struct stat64> statusOf(const QByteArray &path)
{
    struct stat64 status
    {
    };
    return ::stat64(path.constData(), &status) == 0 ? std::optional(status) : std::nullopt;
}

QByteArray pathOf(const OpenFile &file) { return folderOf(file.pid) + "/fd/" + QByteArray::number(file.number); }

} // namespace

std::vector<qint64> processesOfUser()
{
    std::vector<qint64> processes = numberedEntries("/proc");
    const uid_t user = ::geteuid();
    std::erase_if(processes, [user](qint64 pid) {
        const auto status = statusOf(folderOf(pid));
        return !status || (user != 0 && status->st_uid != user);
    });
    return processes;
}

std::vector<OpenFile> openFiles(qint64 pid, const QByteArray &target)
{
    std::vector<OpenFile> files;
    for (const qint64 number : numberedEntries(folderOf(pid) + "/fd")) {
        OpenFile file{pid, static_cast<int>(number), 0, 0};
        if (!linkTarget(pathOf(file)).startsWith(target))
            continue;
        const auto status = statusOf(pathOf(file));
        if (status && S_ISREG(status->st_mode)) { // else it was closed just now, or opening it could block
            file.device = status->st_dev;
            file.file = status->st_ino;
            files.push_back(file);
        }
    }
    return files;
}

Descriptor openForReading(const OpenFile &file)
{
    Descriptor opened = openForReading(pathOf(file));
    struct stat64 status
    {
    };
    checked("fstat", ::fstat64(opened.get(), &status), pathOf(file));
    if (status.st_dev != file.device || status.st_ino != file.file) // the number of process or descriptor is another's by now
        throw SystemError("open", pathOf(file), ENOENT);
    return opened;
}

QByteArray programOf(qint64 pid)
{
    QByteArray path = linkTarget(folderOf(pid) + "/exe");
    constexpr QByteArrayView Deleted = " (deleted)"; // built anew while it runs
    if (path.endsWith(Deleted))
        path.chop(Deleted.size());
    return path.mid(path.lastIndexOf('/') + 1);
}

} // namespace procession
