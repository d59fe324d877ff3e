// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QVariant>

#include <optional>
#include <variant>

namespace procession::detail {

using WholeNumber = std::variant<qlonglong, qulonglong>; ///< the second only beyond the range of the first

/// What a QVariant holds when that is a whole number of any type, or a floating-point number without a fraction.
std::optional<WholeNumber> wholeNumber(const QVariant &value);
/// What a QVariant holds when that is a number of any type.
std::optional<double> realNumber(const QVariant &value);
/// "the int 7", "a QRect": for errors.
std::string described(const QVariant &value);

} // namespace procession::detail
