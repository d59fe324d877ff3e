// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace procession {

/// Makes this process the workbench: executes `procession-workbench`, which lies beside this program, with the same arguments.
///
/// \returns only on failure, after reporting it: the exit status
int openWindow(int argc, char **argv);

} // namespace procession
