// SPDX-License-Identifier: MIT
#include <procession/standardstreams.h>

#include <procession/systemcall.h>

#include <unistd.h>

namespace procession {

void closeStandardInput() { checked("dup2", ::dup2(openNull().get(), STDIN_FILENO)); }

void replaceOutput(const Descriptor &output, const Descriptor &error)
{
    checked("dup2", ::dup2(output.get(), STDOUT_FILENO));
    checked("dup2", ::dup2(error.get(), STDERR_FILENO));
}

} // namespace procession
