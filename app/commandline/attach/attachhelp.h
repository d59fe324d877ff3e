// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QString>

namespace procession {

/// What `procession attach --help` prints.
QString attachHelp();

} // namespace procession
