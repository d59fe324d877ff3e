// SPDX-License-Identifier: MIT
#include <procession/forkserverpreload.h>

#include <procession/forkserver.h>

namespace procession {

void setForkServerPreload(const std::vector<void (*)()> &functions)
{
    std::vector<CodeAddress> addresses;
    for (void (*function)() : functions)
        addresses.push_back(CodeAddress::of(reinterpret_cast<const void *>(function)));
    ForkServer::get().setPreload(std::move(addresses));
}

} // namespace procession
