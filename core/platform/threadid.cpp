// SPDX-License-Identifier: MIT
#include <procession/threadid.h>

#include <unistd.h>

namespace procession {

qint64 currentThreadId() { return ::gettid(); }

} // namespace procession
