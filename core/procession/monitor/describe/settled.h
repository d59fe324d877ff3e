// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstring>
#include <vector>

namespace procession {

/// Of two copies of the same records, made one after the other, the places of those that nobody wrote meanwhile. Records of which the
/// writer was stopped in the middle are the same too: they say so by a number of 0.
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
