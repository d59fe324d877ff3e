// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace procession {

/// The name of a type as written in C++, computed at compile time: "std::vector<int>". The same in
/// all programs built by the same compiler.
template <typename T>
constexpr std::string_view typeName()
{
    // "… [with T = int; …]" (GCC) or "… [T = int]" (Clang)
    constexpr std::string_view function = __PRETTY_FUNCTION__;
    constexpr std::string_view before = "T = ";
    constexpr std::size_t begin = function.find(before) + before.size();
    constexpr std::size_t semicolon = function.find("; std::string_view", begin);
    constexpr std::size_t end = semicolon == std::string_view::npos ? function.size() - 1 : semicolon;
    return function.substr(begin, end - begin);
}

/// The name of a type in C++, from that of `std::type_info`; the latter if it cannot be demangled.
std::string demangled(const char *typeInfoName);

} // namespace procession
