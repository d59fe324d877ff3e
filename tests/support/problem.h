// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/invalidinput.h>

/// The key of the InvalidInput that `action` throws; empty when it throws none.
template <typename Action>
QByteArray problemOf(Action action)
{
    try {
        action();
    } catch (const procession::InvalidInput &invalid) {
        return invalid.problem();
    }
    return {};
}
