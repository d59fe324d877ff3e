// SPDX-License-Identifier: MIT
#pragma once

namespace procession {

/// The descriptors that a program starts with.
inline constexpr int StandardInput = 0;
inline constexpr int StandardOutput = 1;
inline constexpr int StandardError = 2;

bool isTerminal(int fd);
/// Columns of the terminal that `fd` is; `otherwise` when it is none or does not say.
int terminalWidth(int fd, int otherwise = 80);
/// Likewise its lines.
int terminalHeight(int fd, int otherwise = 24);

} // namespace procession
