// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QString>

namespace procession {

/// What `procession run --help` prints.
QString runHelp();

} // namespace procession
