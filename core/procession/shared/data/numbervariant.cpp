// SPDX-License-Identifier: MIT
#include <procession/shared/data/numbervariant.h>

#include <cmath>

namespace procession::detail {

namespace {

enum class Sort : quint8 { None, Signed, Unsigned, Real };

Sort sortOf(const QVariant &value)
{
    switch (value.metaType().id()) {
    case QMetaType::Char:
        return std::is_signed_v<char> ? Sort::Signed : Sort::Unsigned;
    case QMetaType::SChar:
    case QMetaType::Short:
    case QMetaType::Int:
    case QMetaType::Long:
    case QMetaType::LongLong:
        return Sort::Signed;
    case QMetaType::Bool:
    case QMetaType::UChar:
    case QMetaType::UShort:
    case QMetaType::UInt:
    case QMetaType::ULong:
    case QMetaType::ULongLong:
        return Sort::Unsigned;
    case QMetaType::Float:
    case QMetaType::Double:
        return Sort::Real;
    default:
        return Sort::None;
    }
}

WholeNumber unsignedNumber(qulonglong number)
{
    if (std::in_range<qlonglong>(number))
        return static_cast<qlonglong>(number);
    return number;
}

constexpr double TwoTo63 = 9223372036854775808.0;

std::optional<WholeNumber> withoutFraction(double number)
{
    if (!std::isfinite(number) || std::trunc(number) != number)
        return std::nullopt;
    if (number >= -TwoTo63 && number < TwoTo63)
        return static_cast<qlonglong>(number);
    if (number >= TwoTo63 && number < 2 * TwoTo63)
        return static_cast<qulonglong>(number);
    return std::nullopt;
}

} // namespace

std::optional<WholeNumber> wholeNumber(const QVariant &value)
{
    switch (sortOf(value)) {
    case Sort::Signed:
        return value.toLongLong();
    case Sort::Unsigned:
        return unsignedNumber(value.toULongLong());
    case Sort::Real:
        return withoutFraction(value.toDouble());
    case Sort::None:
        break;
    }
    return std::nullopt;
}

std::optional<double> realNumber(const QVariant &value)
{
    if (sortOf(value) == Sort::None)
        return std::nullopt;
    return value.toDouble();
}

std::string described(const QVariant &value)
{
    constexpr qsizetype Longest = 60;
    if (!value.isValid())
        return "nothing";
    const std::string type = value.typeName();
    if (!value.canConvert<QString>())
        return "a " + type;
    const QString text = value.toString();
    return "the " + type + " \"" + text.left(Longest).toStdString() + (text.size() > Longest ? "…\"" : "\"");
}

} // namespace procession::detail
