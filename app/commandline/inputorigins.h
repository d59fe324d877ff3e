// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/runoptions.h>

namespace procession {

/// Takes the input sources off the end of a command line: `::: VALUES…`, `:::: FILES…`, and `:::+` and `::::+`, which are linked with the
/// source before them.
std::vector<InputOrigin> takeOrigins(QStringList &words);

/// Reads all inputs.
/// \throws UsageError, InvalidInput; SystemError naming a file that cannot be read
InputTable readAllInputs(const RunOptions &options);

} // namespace procession
