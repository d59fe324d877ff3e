// SPDX-License-Identifier: MIT
#include <procession/job/inputs/inputreader.h>

#include <procession/platform/base/invalidinput.h>

#include <algorithm>
#include <array>

namespace procession {

namespace {

constexpr int MaxDecimals = 9;
constexpr qsizetype MaxDigits = 18; // what a qint64 holds whatever the digits are
constexpr qint64 MaxNumbers = qint64(1) << 31;

bool isDigits(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// A decimal number as it was written: exact, unlike a double.
struct Decimal
{
    explicit Decimal(const QByteArray &text)
    {
        const QByteArray digits = text.startsWith('-') ? text.mid(1) : text;
        const qsizetype point = digits.indexOf('.');
        whole = point < 0 ? digits : digits.left(point);
        fraction = point < 0 ? QByteArray() : digits.mid(point + 1);
        isNegative = text.startsWith('-');
        if (whole.isEmpty() || !isDigits(whole) || !isDigits(fraction) || (point >= 0 && fraction.isEmpty())
            || fraction.size() > MaxDecimals || whole.size() + MaxDecimals > MaxDigits)
            throw InvalidInput("range.number", text, {},
                "\"" + text + "\" is no number for a range: write one like 7, -3 or 0.25, with at most 9 digits on each side");
    }

    qint64 scaled(qsizetype decimals) const
    {
        const qint64 value = (whole + fraction.leftJustified(decimals, '0')).toLongLong();
        return isNegative ? -value : value;
    }

    bool isPadded() const { return whole.size() > 1 && whole.startsWith('0'); }

    bool isNegative = false;
    QByteArray whole;
    QByteArray fraction;
};

QByteArray written(qint64 scaled, qsizetype decimals, qsizetype width)
{
    QByteArray digits = QByteArray::number(std::abs(scaled)).rightJustified(std::max(decimals + 1, decimals + width), '0');
    if (decimals > 0)
        digits.insert(digits.size() - decimals, '.');
    return scaled < 0 ? '-' + digits : digits;
}

} // namespace

InputList numberRange(const QByteArray &first, const QByteArray &last, const QByteArray &step)
{
    const Decimal from(first);
    const Decimal to(last);
    const Decimal by(step);
    const qsizetype decimals = std::max({from.fraction.size(), to.fraction.size(), by.fraction.size()});
    const qsizetype width = from.isPadded() || to.isPadded() ? std::max(from.whole.size(), to.whole.size()) : 0;
    const qint64 begin = from.scaled(decimals);
    const qint64 end = to.scaled(decimals);
    const qint64 stride = by.scaled(decimals);
    if (stride == 0 || (stride > 0 ? end < begin : end > begin))
        throw InvalidInput("range.step", step, {},
            "a range from " + first + " to " + last + " in steps of " + step + " does not come to its end: give another step");
    const qint64 count = (end - begin) / stride + 1;
    if (count > MaxNumbers)
        throw InvalidInput("input.too-many", QByteArray::number(count), QByteArray::number(MaxNumbers),
            "the range has " + QByteArray::number(count) + " numbers: a job has at most " + QByteArray::number(MaxNumbers)
                + " tasks");
    InputList result;
    for (qint64 i = 0; i < count; ++i)
        result.appendCell(written(begin + i * stride, decimals, width));
    return result;
}

} // namespace procession
