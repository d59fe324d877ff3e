// SPDX-License-Identifier: MIT
#include <procession/platform/child/bornfirst.h>

#include <procession/platform/child/closerange.h>
#include <procession/platform/system/ownexecutable.h>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

extern "C" {
extern char **environ;
extern procession::BornFirst processionBornFirst __attribute__((weak));
}

namespace procession {

bool canBeBornFirst() { return &processionBornFirst != nullptr; }

BornFirst bornFirst() { return canBeBornFirst() ? processionBornFirst : BornFirst{}; }

void becomeBornFirst(int socket, int lifeline, const char *programName)
{
    // Copies that lie above the places, so that placing one does not overwrite the other.
    constexpr int Above = BornFirst::Lifeline + 1;
    const int copies[] = {::fcntl(socket, F_DUPFD_CLOEXEC, Above), lifeline < 0 ? -1 : ::fcntl(lifeline, F_DUPFD_CLOEXEC, Above)};
    if (copies[0] < 0 || ::dup3(copies[0], BornFirst::Socket, 0) < 0)
        return;
    if (copies[1] >= 0)
        ::dup3(copies[1], BornFirst::Lifeline, 0);
    // What libraries have opened is opened anew by the constructors of each child.
    closeRange(Above, ~0U, CloseRange::AtExec);
    char *const arguments[] = {const_cast<char *>(programName), const_cast<char *>(BornFirst::Role), nullptr};
    ::execve(ownExecutableFile().constData(), arguments, environ);
}

} // namespace procession
