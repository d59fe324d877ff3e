// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

namespace procession {

/// The symbol of the function at an address of this process: "_Z4workv". Empty if the module does
/// not contain it, for example because it was stripped. The first call for an address reads the
/// module's file, which takes some tenths of a millisecond.
QByteArray symbolName(const void *function);

} // namespace procession
