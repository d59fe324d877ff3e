// SPDX-License-Identifier: MIT
#include <procession/platform/io/privatefile.h>

#include <procession/platform/base/systemcall.h>

#include <fcntl.h>
#include <unistd.h>

namespace procession {

int openPrivateFile(QFile &file)
{
    const QByteArray path = QFile::encodeName(file.fileName());
    const int fd = retryOnInterrupt(
        [&] { return ::open(path.constData(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR); });
    if (fd < 0)
        return errno;
    if (file.open(fd, QIODevice::WriteOnly | QIODevice::Unbuffered, QFileDevice::AutoCloseHandle))
        return 0;
    ::close(fd);
    return EIO;
}

} // namespace procession
