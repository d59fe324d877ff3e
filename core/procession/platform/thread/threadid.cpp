// SPDX-License-Identifier: MIT
#include <procession/platform/thread/threadid.h>

#include <unistd.h>

namespace procession {

qint64 currentThreadId() { return ::gettid(); }

} // namespace procession
