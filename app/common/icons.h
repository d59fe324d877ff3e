// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGui/QIcon>

namespace procession {

/// Makes our own icons the ones that are used where the desktop has none.
void setUpIcons();

/// The name of the theme that has next to no icons of its own, so that ours are used. They suit light and dark.
QString plainIconTheme();

/// The icon of this name in the desktop's theme, or ours where it has none.
QIcon themedIcon(const char *name);

} // namespace procession
