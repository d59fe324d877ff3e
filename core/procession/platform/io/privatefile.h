// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QFile>

namespace procession {

/// Creates `file`, empty, readable and writable by its owner alone, and opens it for unbuffered writing.
/// \returns 0, or the errno of the failure
int openPrivateFile(QFile &file);

} // namespace procession
