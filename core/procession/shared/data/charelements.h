// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

#include <span>

namespace procession::detail {

/// Up to the first NUL.
QByteArray textOf(std::span<const char> characters);
/// Writes a text and, where there is room, a NUL behind it.
/// \throws ValueError when it is too long
void setText(std::span<char> characters, QByteArrayView text);
/// Writes bytes as they are; those behind them stay.
/// \throws ValueError when there are too many
void setBytes(std::span<char> characters, QByteArrayView bytes);

} // namespace procession::detail
