// SPDX-License-Identifier: MIT
#include <procession/process/launch/forkserverpreload.h>

#include <procession/process/launch/forkserver.h>

namespace procession {

void setForkServerPreload(const std::vector<void (*)()> &functions)
{
    std::vector<CodeAddress> addresses;
    for (void (*function)() : functions)
        addresses.push_back(CodeAddress::of(reinterpret_cast<const void *>(function)));
    ForkServer::get().setPreload(std::move(addresses));
}

} // namespace procession
