// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace procession {

/// Opens the workbench and runs it until it is closed.
///
/// \code
/// procession [--store FILE] [--settings FILE]
/// procession --sample [--screenshot FILE] [--results FOLDER]     runs a sample batch, reports its progress, and ends
/// procession --shots FOLDER                                      writes a picture of every view
/// \endcode
///
/// \returns the exit status
int runWorkbench(int argc, char **argv);

} // namespace procession
