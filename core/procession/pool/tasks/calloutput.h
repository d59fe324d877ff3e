// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

namespace procession {

/// The captured output of a call.
struct CallOutput
{
    QByteArray output{}; ///< to stdout
    QByteArray error{}; ///< to stderr

    bool isEmpty() const { return output.isEmpty() && error.isEmpty(); }
};

} // namespace procession
