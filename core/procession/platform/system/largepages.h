// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

namespace procession {

/// Asks the system to back large memory, which nobody has touched yet, with large pages: finding many small ones takes ten times as long
/// as writing to them. Small memory is left alone, and nothing happens where the system has none.
void preferLargePages(void *memory, std::size_t bytes) noexcept;

/// The same, and has the pages made now, which is most of what filling them for the first time takes. Blocks while that lasts.
/// \returns false when the system has no memory to spare, or does not do that
bool prepareLargePages(void *memory, std::size_t bytes) noexcept;

} // namespace procession
