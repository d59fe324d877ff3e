// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QString>
#include <QtCore/QStringList>

namespace procession {

/// Advice on an unknown option: whether it is one of GNU parallel's, and which of ours is nearest.
/// \param name   without dashes
/// \param known  the names of our options
QString adviceOn(const QString &name, const QStringList &known);

/// An option as it is typed, for people to read: "-j", "--jobs".
QString dashed(const QString &name);

/// The name in `known` that is fewest typing errors away; empty when none is near.
QString nearestName(const QString &name, const QStringList &known);

} // namespace procession
