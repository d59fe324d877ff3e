// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QString>

namespace procession {

// A terminal shows a character in one cell, a Chinese or Japanese one in two, and one that joins the character before it in none. So a line's
// width is not the count of its characters.

/// The cells that a line of text takes.
int cellWidth(QStringView text);

/// With spaces after it, to a width in cells; a wider one stays as it is.
QString leftPadded(const QString &text, int width);
/// With spaces before it.
QString rightPadded(const QString &text, int width);

/// As much of it, from its beginning, as these cells hold.
QString cutToCells(const QString &text, int width);

} // namespace procession
