// SPDX-License-Identifier: MIT
#pragma once

#include <type_traits>

namespace procession {

/// The result of a function that returns nothing.
struct VoidResult
{
    friend bool operator==(VoidResult, VoidResult) = default;
};

template <typename T>
using ResultOf = std::conditional_t<std::is_void_v<T>, VoidResult, std::decay_t<T>>;

} // namespace procession
