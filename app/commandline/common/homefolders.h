// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QString>

namespace procession {

// Where a person's data and settings lie: $XDG_DATA_HOME and $XDG_CONFIG_HOME, else folders in $HOME. Empty where there is no home, as for
// services and in containers: when HOME is not set, or is "/", in which no program has any business.

QString dataHome();
QString configHome();

} // namespace procession
