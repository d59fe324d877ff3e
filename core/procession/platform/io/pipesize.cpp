// SPDX-License-Identifier: MIT
#include <procession/platform/io/pipesize.h>

#include <fcntl.h>

namespace procession {

void enlargePipe(const Descriptor &pipe) noexcept { ::fcntl(pipe.get(), F_SETPIPE_SZ, 1 << 20); }

} // namespace procession
