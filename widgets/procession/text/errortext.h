// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QString>

#include <exception>

namespace procession {

/// What people read for an exception of the layers below, in their language: input, reason and remedy.
/// InvalidInput is worded after its problem(), SystemError after its number(); anything else gives its what().
QString errorText(const std::exception &error);

} // namespace procession
