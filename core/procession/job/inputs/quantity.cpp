// SPDX-License-Identifier: MIT
#include <procession/job/inputs/quantity.h>

#include <procession/platform/base/invalidinput.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace procession {

namespace {

constexpr double MaxMilliseconds = 1e15;
constexpr int MaxWorkers = 1'000'000;

/// Takes what `text` begins with: digits, perhaps with a point. Nothing else that a number might be, such as "1e9" or "nan".
std::optional<double> takeNumber(QByteArrayView &text)
{
    const auto *end = std::find_if(text.begin(), text.end(), [](char c) { return (c < '0' || c > '9') && c != '.'; });
    const QByteArrayView digits = text.first(end - text.begin());
    bool isNumber = false;
    const double value = digits.toDouble(&isNumber);
    if (!isNumber)
        return std::nullopt;
    text = text.sliced(digits.size());
    return value;
}

/// Takes a unit of time, and gives its milliseconds.
std::optional<double> takeUnit(QByteArrayView &text)
{
    struct Unit
    {
        const char *name;
        double milliseconds;
    };
    static constexpr Unit Units[]{{"ms", 1}, {"s", 1e3}, {"m", 60e3}, {"h", 3600e3}, {"d", 86400e3}};
    for (const Unit &unit : Units) {
        const qsizetype size = qsizetype(qstrlen(unit.name));
        if (text.size() >= size && qstrnicmp(text.data(), unit.name, static_cast<std::size_t>(size)) == 0) {
            text = text.sliced(size);
            return unit.milliseconds;
        }
    }
    return std::nullopt;
}

std::optional<std::chrono::milliseconds> durationOf(QByteArrayView text)
{
    double sum = 0;
    do {
        const auto number = takeNumber(text);
        if (!number)
            return std::nullopt;
        const auto unit = takeUnit(text);
        if (!unit && !text.empty())
            return std::nullopt;
        sum += *number * unit.value_or(1e3);
    } while (!text.empty());
    if (sum > MaxMilliseconds)
        return std::nullopt;
    return std::chrono::milliseconds(std::llround(sum));
}

/// The number before a percent sign at the end.
std::optional<double> percentOf(QByteArrayView text)
{
    const auto number = takeNumber(text);
    return text == "%" ? number : std::nullopt;
}

std::optional<int> workersOf(const QByteArray &text, int cpus, int unlimited)
{
    if (const auto percent = percentOf(text)) {
        const double count = std::ceil(cpus * *percent / 100);
        return count > MaxWorkers ? std::nullopt : std::optional(static_cast<int>(count));
    }
    const char sign = text.startsWith('+') || text.startsWith('-') ? text.front() : '\0';
    const QByteArray digits = sign ? text.mid(1) : text;
    bool isNumber = false;
    const int number = digits.toInt(&isNumber);
    const bool isDigits = std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!isNumber || !isDigits || number > MaxWorkers)
        return std::nullopt;
    if (sign)
        return sign == '+' ? cpus + number : cpus - number;
    return number == 0 ? unlimited : number;
}

/// What a suffix of a size multiplies by.
std::optional<double> factorOf(QByteArrayView suffix)
{
    if (suffix.empty())
        return 1;
    const char letter = suffix.front();
    const bool isUpper = letter >= 'A' && letter <= 'Z';
    const auto power = QByteArrayView("kmgtpe").indexOf(isUpper ? static_cast<char>(letter - 'A' + 'a') : letter) + 1;
    const bool isBinary = suffix.size() == 2 && (suffix.back() == 'i' || suffix.back() == 'I');
    if (power == 0 || suffix.size() > (isBinary ? 2 : 1))
        return std::nullopt;
    return std::pow(isUpper || isBinary ? 1024 : 1000, power);
}

[[noreturn]] void refuse(const char *problem, const QByteArray &text, const char *what, const char *allowed)
{
    throw InvalidInput(problem, text, allowed, "\"" + text + "\" is no " + what + ": write " + allowed);
}

} // namespace

std::chrono::milliseconds parseDuration(const QByteArray &text)
{
    if (const auto duration = durationOf(text))
        return *duration;
    refuse("quantity.duration", text, "time", "seconds as in 30 or 1.5, or units as in 500ms, 2m, 1h30m or 1d");
}

TimeLimit parseTimeLimit(const QByteArray &text)
{
    if (const auto percent = percentOf(text); percent && *percent > 0)
        return {.percent = *percent};
    if (const auto duration = durationOf(text))
        return {.time = *duration};
    refuse("quantity.time-limit", text, "time limit",
        "seconds as in 30 or 1.5, units as in 500ms, 2m or 1h30m, or a part of the usual time as in 200%");
}

int parseWorkerCount(const QByteArray &text, int cpus, int unlimited)
{
    if (const auto workers = workersOf(text, cpus, unlimited))
        return std::max(1, *workers);
    refuse("quantity.workers", text, "number of workers", "a number, +N or -N from the number of CPUs, N% of it, or 0 for all");
}

qint64 parseSize(const QByteArray &text)
{
    QByteArrayView suffix(text);
    const auto number = takeNumber(suffix);
    const auto factor = factorOf(suffix);
    if (number && factor && *number * *factor < static_cast<double>(std::numeric_limits<qint64>::max()))
        return std::llround(*number * *factor);
    refuse("quantity.size", text, "size", "a number of bytes, perhaps with K, M, G, T (1024) or k, m, g, t (1000), as in 1G");
}

} // namespace procession
