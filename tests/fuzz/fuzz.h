// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/invalidinput.h>

#include <cstdint>
#include <cstdlib>

/// Ends the fuzzer with a finding.
inline void expect(bool condition)
{
    if (!condition)
        std::abort();
}

/// Runs `action`, which may refuse what it is given, but only by InvalidInput. Returns whether it took it.
template <typename Action>
bool accepts(Action action)
{
    try {
        action();
        return true;
    } catch (const procession::InvalidInput &) {
        return false;
    }
}

inline QByteArray bytesOf(const std::uint8_t *data, std::size_t size)
{
    return {reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);
