// SPDX-License-Identifier: MIT
#include <procession/niceness.h>

#include <procession/processerror.h>

#include <cerrno>
#include <unistd.h>

namespace procession {

void addNiceness(int steps)
{
    if (steps == 0)
        return;
    errno = 0;
    if (::nice(steps) == -1 && errno != 0) // -1 is a niceness, too
        throw SystemError("nice", {}, errno);
}

} // namespace procession
