// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/standardstreams.h>

namespace procession {

bool isTerminal(int fd);
/// The number of columns of the terminal `fd`; `otherwise` if it is not a terminal or does not
/// report it.
int terminalWidth(int fd, int otherwise = 80);
/// The number of lines, in the same way.
int terminalHeight(int fd, int otherwise = 24);

} // namespace procession
