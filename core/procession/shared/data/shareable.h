// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/wire/wiretypes.h>

#include <array>

namespace procession {

/// Whether a T can lie in shared memory: its bytes mean the same in every process. True for numbers, enums, and trivially copyable structs
/// that consist of such types and arrays of them; see sentAsBytes, which can be specialised for classes whose members are private.
template <typename T>
inline constexpr bool isShareable
    = sentAsBytes<T> &&std::is_trivially_copyable_v<T> && !std::is_const_v<T> && !std::is_volatile_v<T>;
template <typename T, std::size_t Size>
inline constexpr bool isShareable<std::array<T, Size>> = isShareable<T>;

template <typename T>
concept Shareable = isShareable<T>;

} // namespace procession
