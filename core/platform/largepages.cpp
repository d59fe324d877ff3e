// SPDX-License-Identifier: MIT
#include <procession/largepages.h>

#include <cstdint>
#include <sys/mman.h>

namespace procession {

void preferLargePages(void *memory, std::size_t bytes) noexcept
{
    constexpr std::size_t Large = std::size_t(4) << 20;
    constexpr std::uintptr_t Page = 4096;
    if (bytes < Large)
        return;
    const auto begin = (reinterpret_cast<std::uintptr_t>(memory) + Page - 1) / Page * Page;
    const auto end = (reinterpret_cast<std::uintptr_t>(memory) + bytes) / Page * Page;
    // NOLINTNEXTLINE(performance-no-int-to-ptr): the first whole page
    static_cast<void>(madvise(reinterpret_cast<void *>(begin), end - begin, MADV_HUGEPAGE)); // advice: it may be refused
}

} // namespace procession
