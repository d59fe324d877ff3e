// SPDX-License-Identifier: MIT
#include <procession/job/task/haltrule.h>

#include <procession/platform/base/invalidinput.h>

#include <algorithm>
#include <array>
#include <utility>

namespace procession {

namespace {

using When = HaltRule::When;
using Count = HaltRule::Count;

constexpr qint64 EndedBeforePercentage = 3;
constexpr const char *Allowed = "never, or now or soon, a comma, and fail, success or done with =N or =N%, as in now,fail=1";

[[noreturn]] void refuse(const QByteArray &text)
{
    throw InvalidInput("halt.rule", text, Allowed, "halt rule \"" + text + "\" is not one: write " + Allowed);
}

/// The short forms that GNU parallel still takes.
QByteArray withoutAbbreviation(const QByteArray &text)
{
    static constexpr std::array<std::pair<const char *, const char *>, 5> Short{
        {{"0", "never"}, {"1", "soon,fail=1"}, {"2", "now,fail=1"}, {"-1", "soon,success=1"}, {"-2", "now,success=1"}}};
    for (const auto &[abbreviation, rule] : Short) {
        if (text == abbreviation)
            return rule;
    }
    if (text.endsWith('%') && !text.contains('='))
        return "soon,fail=" + text;
    return text;
}

Count countOf(const QByteArray &word, const QByteArray &text)
{
    if (word == "fail")
        return Count::Failed;
    if (word == "success")
        return Count::Succeeded;
    if (word == "done")
        return Count::Ended;
    refuse(text);
}

QByteArray wordOf(Count count)
{
    switch (count) {
    case Count::Failed:
        return "fail";
    case Count::Succeeded:
        return "success";
    case Count::Ended:
        break;
    }
    return "done";
}

} // namespace

HaltRule HaltRule::parse(const QByteArray &text)
{
    const QByteArray rule = withoutAbbreviation(text);
    HaltRule result;
    if (rule == "never")
        return result;
    const qsizetype comma = rule.indexOf(',');
    const qsizetype equals = rule.indexOf('=');
    if (comma < 0 || equals < comma)
        refuse(text);
    const QByteArray when = rule.left(comma);
    if (when != "now" && when != "soon")
        refuse(text);
    result.when = when == "now" ? When::Now : When::Soon;
    result.count = countOf(rule.mid(comma + 1, equals - comma - 1), text);

    QByteArray limit = rule.mid(equals + 1);
    const bool isPercentage = limit.endsWith('%');
    limit.chop(isPercentage ? 1 : 0);
    bool isNumber = false;
    if (!std::all_of(limit.begin(), limit.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; }))
        refuse(text);
    if (isPercentage) {
        result.percent = limit.toDouble(&isNumber);
        if (!isNumber || result.percent <= 0 || result.percent > 100)
            refuse(text);
    } else {
        result.number = limit.toInt(&isNumber);
        if (!isNumber || result.number < 1)
            refuse(text);
    }
    return result;
}

QByteArray HaltRule::toText() const
{
    if (when == When::Never)
        return "never";
    const QByteArray limit = number > 0 ? QByteArray::number(number) : QByteArray::number(percent, 'g', 17) + '%';
    return (when == When::Now ? "now," : "soon,") + wordOf(count) + '=' + limit;
}

bool HaltRule::applies(qint64 failed, qint64 succeeded, qint64 total) const
{
    if (when == When::Never)
        return false;
    const qint64 ended = failed + succeeded;
    const qint64 counted = count == Count::Failed ? failed : count == Count::Succeeded ? succeeded : ended;
    if (number > 0)
        return counted >= number;
    return ended >= EndedBeforePercentage && static_cast<double>(counted) * 100 >= percent * static_cast<double>(total);
}

} // namespace procession
