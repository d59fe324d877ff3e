// SPDX-License-Identifier: MIT
#include <procession/platform/system/largepages.h>

#include <procession/platform/system/systemload.h>

#include <cstdint>
#include <sys/mman.h>

namespace procession {

namespace {

/// \returns whether it was taken
bool advise(void *memory, std::size_t bytes, int advice)
{
    constexpr std::uintptr_t Page = 4096;
    const auto begin = (reinterpret_cast<std::uintptr_t>(memory) + Page - 1) / Page * Page;
    const auto end = (reinterpret_cast<std::uintptr_t>(memory) + bytes) / Page * Page;
    // NOLINTNEXTLINE(performance-no-int-to-ptr): the first whole page
    return begin < end && madvise(reinterpret_cast<void *>(begin), end - begin, advice) == 0;
}

} // namespace

void preferLargePages(void *memory, std::size_t bytes) noexcept
{
    constexpr std::size_t Large = std::size_t(4) << 20;
    if (bytes >= Large)
        advise(memory, bytes, MADV_HUGEPAGE);
}

bool prepareLargePages(void *memory, std::size_t bytes) noexcept
{
    if (bytes > static_cast<std::size_t>(availableMemory()) / 2)
        return false;
    preferLargePages(memory, bytes);
    return advise(memory, bytes, MADV_POPULATE_WRITE);
}

} // namespace procession
