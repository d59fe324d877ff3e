// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

namespace procession {

/// What memory is to hold when it is given to an object.
enum class Fill : quint8 {
    Zeros,
    Anything, ///< what is written over at once needs no zeros, which take as long as writing it
};

} // namespace procession
