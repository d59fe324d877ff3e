// SPDX-License-Identifier: MIT
#include <procession/ipc/eagerwait.h>

#include <thread>

namespace procession {

void EagerWait::giveWay() { std::this_thread::yield(); }

} // namespace procession
