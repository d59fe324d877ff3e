// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

namespace procession {

/// What a task wrote, as far as it was captured.
struct TaskOutput
{
    QByteArray output{}; ///< to stdout
    QByteArray error{}; ///< to stderr

    bool isEmpty() const { return output.isEmpty() && error.isEmpty(); }
};

} // namespace procession
