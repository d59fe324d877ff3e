// SPDX-License-Identifier: MIT
#include <procession/platform/base/loglimit.h>

#include <algorithm>
#include <cstdarg>

namespace procession {

bool LogLimit::take(std::chrono::steady_clock::time_point now)
{
    using std::chrono::nanoseconds;
    const qint64 pause = nanoseconds(Pause).count();
    const qint64 time = nanoseconds(now.time_since_epoch()).count();
    qint64 before = m_nextFree.load(std::memory_order_relaxed);
    qint64 after = 0;
    do {
        after = std::max(before, time) + pause;
        if (after - time > Burst * pause) {
            m_heldBack.fetch_add(1, std::memory_order_relaxed);
            return false;
        }
    } while (!m_nextFree.compare_exchange_weak(before, after, std::memory_order_relaxed));
    return true;
}

std::optional<QString> LogLimit::textOf(bool isEnabled, const char *format, va_list arguments)
{
    if (!isEnabled || !take())
        return std::nullopt;
    const QString text = QString::vasprintf(format, arguments);
    const int heldBack = takeHeldBack();
    return heldBack == 0 ? text : QStringLiteral("%1 (%2 more lines like this were held back)").arg(text).arg(heldBack);
}

void LogLimit::warn(const QLoggingCategory &category, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const auto text = textOf(category.isWarningEnabled(), format, arguments);
    va_end(arguments);
    if (text)
        qCWarning(category, "%s", qUtf8Printable(*text));
}

void LogLimit::critical(const QLoggingCategory &category, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const auto text = textOf(category.isCriticalEnabled(), format, arguments);
    va_end(arguments);
    if (text)
        qCCritical(category, "%s", qUtf8Printable(*text));
}

} // namespace procession
