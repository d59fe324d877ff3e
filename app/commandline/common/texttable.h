// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QList>
#include <QtCore/QStringList>

namespace procession {

/// Rows in columns that are as wide as their widest text on a terminal, a line each.
/// \param right  which columns hold numbers, from 0
QString aligned(const QList<QStringList> &rows, const QList<int> &right);

} // namespace procession
