// SPDX-License-Identifier: MIT
#pragma once

#include <procession/wiretypes.h>

#include <array>

namespace procession {

/// Whether a T can lie in shared memory: its bytes mean the same in every process. True for numbers, enums, and classes that are trivially
/// copyable and do not look as if they held an address; see sentAsBytes, which can be specialised for others.
template <typename T>
inline constexpr bool isShareable
    = sentAsBytes<T> &&std::is_trivially_copyable_v<T> && !std::is_const_v<T> && !std::is_volatile_v<T>;
template <typename T, std::size_t Size>
inline constexpr bool isShareable<std::array<T, Size>> = isShareable<T>;

template <typename T>
concept Shareable = isShareable<T>;

} // namespace procession
