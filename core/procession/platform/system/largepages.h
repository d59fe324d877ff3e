// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

namespace procession {

/// Asks the system to back large memory that has not been touched yet with large pages: allocating
/// many small pages takes ten times as long as writing to them. Does nothing for small memory, or
/// if the system has no large pages.
void preferLargePages(void *memory, std::size_t bytes) noexcept;

/// Does the same, and allocates the pages now, which is most of the cost of filling them for the
/// first time. Blocks while they are allocated.
/// \returns false if the system has no memory to spare, or does not support this
bool prepareLargePages(void *memory, std::size_t bytes) noexcept;

} // namespace procession
