// SPDX-License-Identifier: MIT
#include <procession/platform/system/ownexecutable.h>

#include <procession/platform/base/processerror.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <fstream>
#include <string>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>

namespace procession {

namespace {

constexpr char OwnFile[] = "/proc/self/exe";

/// The file that the headers of this program were mapped from, as the kernel calls it; empty when it does not say.
std::string mappedFile()
{
    const unsigned long headers = ::getauxval(AT_PHDR);
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        unsigned long begin = 0;
        unsigned long end = 0;
        if (std::sscanf(line.c_str(), "%lx-%lx", &begin, &end) != 2 || headers < begin || headers >= end)
            continue;
        const std::size_t path = line.find('/');
        return path == std::string::npos ? std::string() : line.substr(path);
    }
    return {};
}

} // namespace

QByteArray ownExecutableFile()
{
    const std::string path = mappedFile();
    struct stat own
    {
    };
    struct stat mapped
    {
    };
    // One that was deleted or replaced is "… (deleted)" here, and is not found.
    const bool areTwo = !path.empty() && ::stat(path.c_str(), &mapped) == 0 && ::stat(OwnFile, &own) == 0
        && (own.st_dev != mapped.st_dev || own.st_ino != mapped.st_ino);
    return areTwo ? QByteArray::fromStdString(path) : QByteArray(OwnFile);
}

bool isRunByOther() { return ownExecutableFile() != OwnFile; }

QByteArray ownExecutable()
{
    std::array<char, PATH_MAX> path;
    const ssize_t length = ::readlink(OwnFile, path.data(), path.size());
    if (length < 0)
        throw SystemError("readlink", OwnFile, errno);
    return {path.data(), length};
}

void becomeProgram(const QByteArray &program, char *const *arguments)
{
    ::execv(program.constData(), arguments);
    throw SystemError("execv", program, errno);
}

} // namespace procession
