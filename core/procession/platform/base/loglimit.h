// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QLoggingCategory>

#include <atomic>
#include <chrono>
#include <cstdarg>
#include <optional>

namespace procession {

/// Writes the warnings of one place in the code, and bounds them: what goes wrong once mostly goes wrong again, and a program that runs
/// for months must not fill its log with one line. Everything in the core that logs a warning or an error does it through one of these.
///
/// \code
/// static LogLimit limit;
/// limit.warn(poolLog(), "%s: a worker did not come to life: %s", name, why);
/// \endcode
///
/// Burst lines are written at once, and then one in each Pause. A line that comes after others were held back says how many they were.
///
/// From any thread. There is no lock, so that a copy of a process made at any moment can go on with it.
class LogLimit
{
public:
    static constexpr int Burst = 32; ///< lines
    static constexpr std::chrono::seconds Pause{60};

    /// A warning. \param format  as printf takes it, in English, without a line feed
    void warn(const QLoggingCategory &category, const char *format, ...) Q_ATTRIBUTE_FORMAT_PRINTF(3, 4);
    /// The same for what a part of the program cannot recover from.
    void critical(const QLoggingCategory &category, const char *format, ...) Q_ATTRIBUTE_FORMAT_PRINTF(3, 4);

    /// Whether a line may be written at that time, which is then counted.
    bool take(std::chrono::steady_clock::time_point now = std::chrono::steady_clock::now());
    /// How many lines were held back since this was last asked.
    int takeHeldBack() { return m_heldBack.exchange(0, std::memory_order_relaxed); }

private:
    /// Nothing when the line is not to be written.
    std::optional<QString> textOf(bool isEnabled, const char *format, va_list arguments);

    std::atomic<qint64> m_nextFree = 0; ///< nanoseconds: when all that was written would have been written at one line a Pause
    std::atomic<int> m_heldBack = 0;
};

} // namespace procession
