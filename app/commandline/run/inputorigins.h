// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <app/commandline/run/runoptions.h>
#include <procession/job/inputs/rowstream.h>

#include <memory>

namespace procession {

/// Takes the input sources off the end of a command line: `::: VALUES…`, `:::: FILES…`, and `:::+` and `::::+`, which are linked with the
/// source before them.
std::vector<InputOrigin> takeOrigins(QStringList &words);

/// The stream that the inputs come from, if tasks can start as they come: a single pipe, FIFO or terminal, and no option that needs to know
/// them all. Else null. Opening a FIFO blocks until there is a writer.
/// \throws InvalidInput; SystemError naming a file that cannot be opened
std::shared_ptr<RowStream> openRowStream(const RunOptions &options);

/// Reads all inputs.
/// \throws UsageError, InvalidInput; SystemError naming a file that cannot be read
InputTable readAllInputs(const RunOptions &options);

} // namespace procession
