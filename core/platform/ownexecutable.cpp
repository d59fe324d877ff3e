// SPDX-License-Identifier: MIT
#include <procession/ownexecutable.h>

#include <procession/processerror.h>

#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>

namespace procession {

QByteArray ownExecutable()
{
    std::array<char, PATH_MAX> path;
    const ssize_t length = ::readlink("/proc/self/exe", path.data(), path.size());
    if (length < 0)
        throw SystemError("readlink", "/proc/self/exe", errno);
    return {path.data(), length};
}

void becomeProgram(const QByteArray &program, char *const *arguments)
{
    ::execv(program.constData(), arguments);
    throw SystemError("execv", program, errno);
}

} // namespace procession
