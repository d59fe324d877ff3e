// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

namespace procession {

/// What the linker calls the function that begins at an address of this process: "_Z4workv". Empty when the module tells nobody, because
/// it was stripped, say. The first question about an address reads the module's file, some tenths of a millisecond.
QByteArray symbolName(const void *function);

} // namespace procession
