// SPDX-License-Identifier: MIT
#pragma once

#include <type_traits>

namespace procession {

/// The result of a function that returns nothing.
struct Nothing
{
    friend bool operator==(Nothing, Nothing) = default;
};

template <typename T>
using ResultOf = std::conditional_t<std::is_void_v<T>, Nothing, std::decay_t<T>>;

} // namespace procession
