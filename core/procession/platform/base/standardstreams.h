// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

namespace procession {

/// The descriptors that a program starts with.
inline constexpr int StandardInput = 0;
inline constexpr int StandardOutput = 1;
inline constexpr int StandardError = 2;

/// Opens /dev/null for standard streams that are closed, so that no file opened later gets their
/// numbers: a child would write its output into it. \throws SystemError
void openClosedStreams();

/// Replaces standard input by /dev/null: the original is for the parent to read.
/// \throws SystemError
void closeStandardInput();

/// \throws SystemError
void replaceOutput(const Descriptor &output, const Descriptor &error);

/// \param stream  StandardOutput or StandardError
/// \throws SystemError
void replaceStream(int stream, const Descriptor &file);

} // namespace procession
