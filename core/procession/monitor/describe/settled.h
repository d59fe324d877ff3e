// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstring>
#include <vector>

namespace procession {

/// Of two successive copies of the same records, the positions of those that were not written meanwhile. A record whose writer was
/// stopped in the middle also stays the same; its number is 0.
template <typename Records>
std::vector<std::size_t> settledPlaces(const Records &records, const Records &again)
{
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < records.size() && i < again.size(); ++i) {
        const bool isSame
            = std::memcmp(static_cast<const void *>(&records[i]), static_cast<const void *>(&again[i]), sizeof records[i]) == 0;
        if (isSame && records[i].number.load(std::memory_order_relaxed) != 0)
            places.push_back(i);
    }
    return places;
}

} // namespace procession
