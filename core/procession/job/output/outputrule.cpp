// SPDX-License-Identifier: MIT
#include <procession/job/output/outputrule.h>

#include <procession/job/inputs/quantity.h>

namespace procession {

OutputRule OutputRule::parse(const QByteArray &text)
{
    const qsizetype comma = text.indexOf(',');
    const QByteArray size = comma < 0 ? text : text.first(comma);
    OutputRule rule;
    if (size == "none")
        rule.size = 0;
    else if (size != "all")
        rule.size = parseSize(size);
    if (comma >= 0)
        rule.age = parseDuration(text.sliced(comma + 1));
    return rule;
}

QByteArray OutputRule::toText() const
{
    const QByteArray bytes = size < 0 ? "all" : size == 0 ? "none" : QByteArray::number(size);
    return age.count() == 0 ? bytes : bytes + ',' + QByteArray::number(age.count()) + "ms";
}

} // namespace procession
