// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/standardstreams.h>

namespace procession {

bool isTerminal(int fd);
/// Columns of the terminal that `fd` is; `otherwise` when it is none or does not say.
int terminalWidth(int fd, int otherwise = 80);
/// Likewise its lines.
int terminalHeight(int fd, int otherwise = 24);

} // namespace procession
