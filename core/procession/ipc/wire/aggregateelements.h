// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

#include <type_traits>
#include <utility>

/// \file
/// Access to the members of an aggregate. The language has no loop over structured bindings, so
/// there is a class for each number of members, made by macros that do not leave this file.

namespace procession::detail {

/// Most members that can be seen.
inline constexpr int MaximumMembers = 64;

template <typename... Types>
struct MemberList
{
};

/// An aggregate T initialised from its first `Count` elements (bases and members).
template <typename T, int Count>
struct Elements;

template <typename T>
struct Elements<T, 0>
{
    static constexpr bool areThere = true;
    template <typename Probe>
    static constexpr bool nextTakes = requires
    {
        T{Probe()};
    };
};

// clang-format off
#define PROCESSION_E1 {}
#define PROCESSION_E2 PROCESSION_E1, {}
#define PROCESSION_E3 PROCESSION_E2, {}
#define PROCESSION_E4 PROCESSION_E3, {}
#define PROCESSION_E5 PROCESSION_E4, {}
#define PROCESSION_E6 PROCESSION_E5, {}
#define PROCESSION_E7 PROCESSION_E6, {}
#define PROCESSION_E8 PROCESSION_E7, {}
#define PROCESSION_E9 PROCESSION_E8, {}
#define PROCESSION_E10 PROCESSION_E9, {}
#define PROCESSION_E11 PROCESSION_E10, {}
#define PROCESSION_E12 PROCESSION_E11, {}
#define PROCESSION_E13 PROCESSION_E12, {}
#define PROCESSION_E14 PROCESSION_E13, {}
#define PROCESSION_E15 PROCESSION_E14, {}
#define PROCESSION_E16 PROCESSION_E15, {}
#define PROCESSION_E17 PROCESSION_E16, {}
#define PROCESSION_E18 PROCESSION_E17, {}
#define PROCESSION_E19 PROCESSION_E18, {}
#define PROCESSION_E20 PROCESSION_E19, {}
#define PROCESSION_E21 PROCESSION_E20, {}
#define PROCESSION_E22 PROCESSION_E21, {}
#define PROCESSION_E23 PROCESSION_E22, {}
#define PROCESSION_E24 PROCESSION_E23, {}
#define PROCESSION_E25 PROCESSION_E24, {}
#define PROCESSION_E26 PROCESSION_E25, {}
#define PROCESSION_E27 PROCESSION_E26, {}
#define PROCESSION_E28 PROCESSION_E27, {}
#define PROCESSION_E29 PROCESSION_E28, {}
#define PROCESSION_E30 PROCESSION_E29, {}
#define PROCESSION_E31 PROCESSION_E30, {}
#define PROCESSION_E32 PROCESSION_E31, {}
#define PROCESSION_E33 PROCESSION_E32, {}
#define PROCESSION_E34 PROCESSION_E33, {}
#define PROCESSION_E35 PROCESSION_E34, {}
#define PROCESSION_E36 PROCESSION_E35, {}
#define PROCESSION_E37 PROCESSION_E36, {}
#define PROCESSION_E38 PROCESSION_E37, {}
#define PROCESSION_E39 PROCESSION_E38, {}
#define PROCESSION_E40 PROCESSION_E39, {}
#define PROCESSION_E41 PROCESSION_E40, {}
#define PROCESSION_E42 PROCESSION_E41, {}
#define PROCESSION_E43 PROCESSION_E42, {}
#define PROCESSION_E44 PROCESSION_E43, {}
#define PROCESSION_E45 PROCESSION_E44, {}
#define PROCESSION_E46 PROCESSION_E45, {}
#define PROCESSION_E47 PROCESSION_E46, {}
#define PROCESSION_E48 PROCESSION_E47, {}
#define PROCESSION_E49 PROCESSION_E48, {}
#define PROCESSION_E50 PROCESSION_E49, {}
#define PROCESSION_E51 PROCESSION_E50, {}
#define PROCESSION_E52 PROCESSION_E51, {}
#define PROCESSION_E53 PROCESSION_E52, {}
#define PROCESSION_E54 PROCESSION_E53, {}
#define PROCESSION_E55 PROCESSION_E54, {}
#define PROCESSION_E56 PROCESSION_E55, {}
#define PROCESSION_E57 PROCESSION_E56, {}
#define PROCESSION_E58 PROCESSION_E57, {}
#define PROCESSION_E59 PROCESSION_E58, {}
#define PROCESSION_E60 PROCESSION_E59, {}
#define PROCESSION_E61 PROCESSION_E60, {}
#define PROCESSION_E62 PROCESSION_E61, {}
#define PROCESSION_E63 PROCESSION_E62, {}
#define PROCESSION_E64 PROCESSION_E63, {}
#define PROCESSION_E65 PROCESSION_E64, {}
#define PROCESSION_M1 m1
#define PROCESSION_M2 PROCESSION_M1, m2
#define PROCESSION_M3 PROCESSION_M2, m3
#define PROCESSION_M4 PROCESSION_M3, m4
#define PROCESSION_M5 PROCESSION_M4, m5
#define PROCESSION_M6 PROCESSION_M5, m6
#define PROCESSION_M7 PROCESSION_M6, m7
#define PROCESSION_M8 PROCESSION_M7, m8
#define PROCESSION_M9 PROCESSION_M8, m9
#define PROCESSION_M10 PROCESSION_M9, m10
#define PROCESSION_M11 PROCESSION_M10, m11
#define PROCESSION_M12 PROCESSION_M11, m12
#define PROCESSION_M13 PROCESSION_M12, m13
#define PROCESSION_M14 PROCESSION_M13, m14
#define PROCESSION_M15 PROCESSION_M14, m15
#define PROCESSION_M16 PROCESSION_M15, m16
#define PROCESSION_M17 PROCESSION_M16, m17
#define PROCESSION_M18 PROCESSION_M17, m18
#define PROCESSION_M19 PROCESSION_M18, m19
#define PROCESSION_M20 PROCESSION_M19, m20
#define PROCESSION_M21 PROCESSION_M20, m21
#define PROCESSION_M22 PROCESSION_M21, m22
#define PROCESSION_M23 PROCESSION_M22, m23
#define PROCESSION_M24 PROCESSION_M23, m24
#define PROCESSION_M25 PROCESSION_M24, m25
#define PROCESSION_M26 PROCESSION_M25, m26
#define PROCESSION_M27 PROCESSION_M26, m27
#define PROCESSION_M28 PROCESSION_M27, m28
#define PROCESSION_M29 PROCESSION_M28, m29
#define PROCESSION_M30 PROCESSION_M29, m30
#define PROCESSION_M31 PROCESSION_M30, m31
#define PROCESSION_M32 PROCESSION_M31, m32
#define PROCESSION_M33 PROCESSION_M32, m33
#define PROCESSION_M34 PROCESSION_M33, m34
#define PROCESSION_M35 PROCESSION_M34, m35
#define PROCESSION_M36 PROCESSION_M35, m36
#define PROCESSION_M37 PROCESSION_M36, m37
#define PROCESSION_M38 PROCESSION_M37, m38
#define PROCESSION_M39 PROCESSION_M38, m39
#define PROCESSION_M40 PROCESSION_M39, m40
#define PROCESSION_M41 PROCESSION_M40, m41
#define PROCESSION_M42 PROCESSION_M41, m42
#define PROCESSION_M43 PROCESSION_M42, m43
#define PROCESSION_M44 PROCESSION_M43, m44
#define PROCESSION_M45 PROCESSION_M44, m45
#define PROCESSION_M46 PROCESSION_M45, m46
#define PROCESSION_M47 PROCESSION_M46, m47
#define PROCESSION_M48 PROCESSION_M47, m48
#define PROCESSION_M49 PROCESSION_M48, m49
#define PROCESSION_M50 PROCESSION_M49, m50
#define PROCESSION_M51 PROCESSION_M50, m51
#define PROCESSION_M52 PROCESSION_M51, m52
#define PROCESSION_M53 PROCESSION_M52, m53
#define PROCESSION_M54 PROCESSION_M53, m54
#define PROCESSION_M55 PROCESSION_M54, m55
#define PROCESSION_M56 PROCESSION_M55, m56
#define PROCESSION_M57 PROCESSION_M56, m57
#define PROCESSION_M58 PROCESSION_M57, m58
#define PROCESSION_M59 PROCESSION_M58, m59
#define PROCESSION_M60 PROCESSION_M59, m60
#define PROCESSION_M61 PROCESSION_M60, m61
#define PROCESSION_M62 PROCESSION_M61, m62
#define PROCESSION_M63 PROCESSION_M62, m63
#define PROCESSION_M64 PROCESSION_M63, m64
#define PROCESSION_D1 decltype(m1)
#define PROCESSION_D2 PROCESSION_D1, decltype(m2)
#define PROCESSION_D3 PROCESSION_D2, decltype(m3)
#define PROCESSION_D4 PROCESSION_D3, decltype(m4)
#define PROCESSION_D5 PROCESSION_D4, decltype(m5)
#define PROCESSION_D6 PROCESSION_D5, decltype(m6)
#define PROCESSION_D7 PROCESSION_D6, decltype(m7)
#define PROCESSION_D8 PROCESSION_D7, decltype(m8)
#define PROCESSION_D9 PROCESSION_D8, decltype(m9)
#define PROCESSION_D10 PROCESSION_D9, decltype(m10)
#define PROCESSION_D11 PROCESSION_D10, decltype(m11)
#define PROCESSION_D12 PROCESSION_D11, decltype(m12)
#define PROCESSION_D13 PROCESSION_D12, decltype(m13)
#define PROCESSION_D14 PROCESSION_D13, decltype(m14)
#define PROCESSION_D15 PROCESSION_D14, decltype(m15)
#define PROCESSION_D16 PROCESSION_D15, decltype(m16)
#define PROCESSION_D17 PROCESSION_D16, decltype(m17)
#define PROCESSION_D18 PROCESSION_D17, decltype(m18)
#define PROCESSION_D19 PROCESSION_D18, decltype(m19)
#define PROCESSION_D20 PROCESSION_D19, decltype(m20)
#define PROCESSION_D21 PROCESSION_D20, decltype(m21)
#define PROCESSION_D22 PROCESSION_D21, decltype(m22)
#define PROCESSION_D23 PROCESSION_D22, decltype(m23)
#define PROCESSION_D24 PROCESSION_D23, decltype(m24)
#define PROCESSION_D25 PROCESSION_D24, decltype(m25)
#define PROCESSION_D26 PROCESSION_D25, decltype(m26)
#define PROCESSION_D27 PROCESSION_D26, decltype(m27)
#define PROCESSION_D28 PROCESSION_D27, decltype(m28)
#define PROCESSION_D29 PROCESSION_D28, decltype(m29)
#define PROCESSION_D30 PROCESSION_D29, decltype(m30)
#define PROCESSION_D31 PROCESSION_D30, decltype(m31)
#define PROCESSION_D32 PROCESSION_D31, decltype(m32)
#define PROCESSION_D33 PROCESSION_D32, decltype(m33)
#define PROCESSION_D34 PROCESSION_D33, decltype(m34)
#define PROCESSION_D35 PROCESSION_D34, decltype(m35)
#define PROCESSION_D36 PROCESSION_D35, decltype(m36)
#define PROCESSION_D37 PROCESSION_D36, decltype(m37)
#define PROCESSION_D38 PROCESSION_D37, decltype(m38)
#define PROCESSION_D39 PROCESSION_D38, decltype(m39)
#define PROCESSION_D40 PROCESSION_D39, decltype(m40)
#define PROCESSION_D41 PROCESSION_D40, decltype(m41)
#define PROCESSION_D42 PROCESSION_D41, decltype(m42)
#define PROCESSION_D43 PROCESSION_D42, decltype(m43)
#define PROCESSION_D44 PROCESSION_D43, decltype(m44)
#define PROCESSION_D45 PROCESSION_D44, decltype(m45)
#define PROCESSION_D46 PROCESSION_D45, decltype(m46)
#define PROCESSION_D47 PROCESSION_D46, decltype(m47)
#define PROCESSION_D48 PROCESSION_D47, decltype(m48)
#define PROCESSION_D49 PROCESSION_D48, decltype(m49)
#define PROCESSION_D50 PROCESSION_D49, decltype(m50)
#define PROCESSION_D51 PROCESSION_D50, decltype(m51)
#define PROCESSION_D52 PROCESSION_D51, decltype(m52)
#define PROCESSION_D53 PROCESSION_D52, decltype(m53)
#define PROCESSION_D54 PROCESSION_D53, decltype(m54)
#define PROCESSION_D55 PROCESSION_D54, decltype(m55)
#define PROCESSION_D56 PROCESSION_D55, decltype(m56)
#define PROCESSION_D57 PROCESSION_D56, decltype(m57)
#define PROCESSION_D58 PROCESSION_D57, decltype(m58)
#define PROCESSION_D59 PROCESSION_D58, decltype(m59)
#define PROCESSION_D60 PROCESSION_D59, decltype(m60)
#define PROCESSION_D61 PROCESSION_D60, decltype(m61)
#define PROCESSION_D62 PROCESSION_D61, decltype(m62)
#define PROCESSION_D63 PROCESSION_D62, decltype(m63)
#define PROCESSION_D64 PROCESSION_D63, decltype(m64)

#define PROCESSION_ELEMENTS(count)                                                                                              \
    template <typename T>                                                                                                        \
    struct Elements<T, count>                                                                                                    \
    {                                                                                                                            \
        static constexpr bool areThere = requires { T{PROCESSION_E##count}; };                                                   \
        template <typename Probe>                                                                                                \
        static constexpr bool nextTakes = requires { T{PROCESSION_E##count, Probe()}; };                                         \
        static auto types(T &value)                                                                                              \
        {                                                                                                                        \
            [[maybe_unused]] auto &[PROCESSION_M##count] = value;                                                                \
            return MemberList<PROCESSION_D##count>();                                                                            \
        }                                                                                                                        \
        template <typename Value, typename Function>                                                                             \
        static void visit(Value &value, Function function)                                                                       \
        {                                                                                                                        \
            auto &[PROCESSION_M##count] = value;                                                                                 \
            function(PROCESSION_M##count);                                                                                       \
        }                                                                                                                        \
    };
PROCESSION_ELEMENTS(1) PROCESSION_ELEMENTS(2) PROCESSION_ELEMENTS(3) PROCESSION_ELEMENTS(4)
PROCESSION_ELEMENTS(5) PROCESSION_ELEMENTS(6) PROCESSION_ELEMENTS(7) PROCESSION_ELEMENTS(8)
PROCESSION_ELEMENTS(9) PROCESSION_ELEMENTS(10) PROCESSION_ELEMENTS(11) PROCESSION_ELEMENTS(12)
PROCESSION_ELEMENTS(13) PROCESSION_ELEMENTS(14) PROCESSION_ELEMENTS(15) PROCESSION_ELEMENTS(16)
PROCESSION_ELEMENTS(17) PROCESSION_ELEMENTS(18) PROCESSION_ELEMENTS(19) PROCESSION_ELEMENTS(20)
PROCESSION_ELEMENTS(21) PROCESSION_ELEMENTS(22) PROCESSION_ELEMENTS(23) PROCESSION_ELEMENTS(24)
PROCESSION_ELEMENTS(25) PROCESSION_ELEMENTS(26) PROCESSION_ELEMENTS(27) PROCESSION_ELEMENTS(28)
PROCESSION_ELEMENTS(29) PROCESSION_ELEMENTS(30) PROCESSION_ELEMENTS(31) PROCESSION_ELEMENTS(32)
PROCESSION_ELEMENTS(33) PROCESSION_ELEMENTS(34) PROCESSION_ELEMENTS(35) PROCESSION_ELEMENTS(36)
PROCESSION_ELEMENTS(37) PROCESSION_ELEMENTS(38) PROCESSION_ELEMENTS(39) PROCESSION_ELEMENTS(40)
PROCESSION_ELEMENTS(41) PROCESSION_ELEMENTS(42) PROCESSION_ELEMENTS(43) PROCESSION_ELEMENTS(44)
PROCESSION_ELEMENTS(45) PROCESSION_ELEMENTS(46) PROCESSION_ELEMENTS(47) PROCESSION_ELEMENTS(48)
PROCESSION_ELEMENTS(49) PROCESSION_ELEMENTS(50) PROCESSION_ELEMENTS(51) PROCESSION_ELEMENTS(52)
PROCESSION_ELEMENTS(53) PROCESSION_ELEMENTS(54) PROCESSION_ELEMENTS(55) PROCESSION_ELEMENTS(56)
PROCESSION_ELEMENTS(57) PROCESSION_ELEMENTS(58) PROCESSION_ELEMENTS(59) PROCESSION_ELEMENTS(60)
PROCESSION_ELEMENTS(61) PROCESSION_ELEMENTS(62) PROCESSION_ELEMENTS(63) PROCESSION_ELEMENTS(64)
#undef PROCESSION_ELEMENTS
    // clang-format on

    /// Only shows that there are too many members.
    template <typename T>
    struct Elements<T, MaximumMembers + 1>
{
    static constexpr bool areThere = requires { T{PROCESSION_E65}; };
};

} // namespace procession::detail
