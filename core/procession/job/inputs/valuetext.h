// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QVariant>

namespace procession {

/// A value as one would print it: texts and bytes as they are, numbers so that they can be read back exactly, lists and maps as JSON on one
/// line, of anything else what QDebug shows. Empty for an invalid one.
QByteArray valueText(const QVariant &value);

} // namespace procession
