// SPDX-License-Identifier: MIT
#include <procession/platform/base/standardstreams.h>

#include <procession/platform/base/systemcall.h>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace procession {

void openClosedStreams()
{
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(stream, F_GETFD) >= 0 || errno != EBADF)
            continue;
        Descriptor null(
            checked("open", ::open("/dev/null", O_RDWR), "/dev/null")); // NOLINT: goes on in programs that are executed
        if (null.get() == stream) // unless another thread took the number
            null.release();
    }
}

void closeStandardInput() { checked("dup2", ::dup2(openNull().get(), STDIN_FILENO)); }

void replaceOutput(const Descriptor &output, const Descriptor &error)
{
    replaceStream(STDOUT_FILENO, output);
    replaceStream(STDERR_FILENO, error);
}

void replaceStream(int stream, const Descriptor &file) { checked("dup2", ::dup2(file.get(), stream)); }

} // namespace procession
