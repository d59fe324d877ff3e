// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

namespace procession {

/// What a call wrote, as far as it was captured.
struct CallOutput
{
    QByteArray output{}; ///< to stdout
    QByteArray error{}; ///< to stderr

    bool isEmpty() const { return output.isEmpty() && error.isEmpty(); }
};

} // namespace procession
