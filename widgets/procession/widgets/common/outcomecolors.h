// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/task/states.h>

#include <QtGui/QColor>
#include <QtGui/QPalette>

namespace procession {

/// Whether the palette's text is lighter than what it stands on.
bool isDark(const QPalette &palette);

/// The colour that stands for a task state, for marks and bars on the palette's base and window colours.
QColor stateColor(TaskState state, const QPalette &palette);

/// `color` at `strength` (0…1) over `ground`.
QColor blended(const QColor &color, const QColor &ground, double strength);

} // namespace procession
