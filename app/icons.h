// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGui/QIcon>

namespace procession {

/// The icon of this name: the desktop theme's, or ours where it has none.
QIcon themedIcon(const char *name);

} // namespace procession
