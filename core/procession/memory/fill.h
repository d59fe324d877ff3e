// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

namespace procession {

/// Initial contents of memory given to an object.
enum class Fill : quint8 {
    Zeros,
    /// For memory that is overwritten at once: writing zeros takes as long as overwriting it.
    Anything,
};

} // namespace procession
