// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QLoggingCategory>

#include <atomic>
#include <chrono>
#include <cstdarg>
#include <optional>

namespace procession {

/// Writes the warnings of one place in the code, and limits their number: errors tend to repeat,
/// and a program that runs for months must not fill its log with one line. All warnings and errors
/// of the core are logged through this class.
///
/// \code
/// static LogLimit limit;
/// limit.warn(poolLog(), "%s: a worker did not come to life: %s", name, why);
/// \endcode
///
/// Writes the first Burst lines at once, and then one in each Pause. A line that follows suppressed
/// ones states how many they were.
///
/// From any thread. There is no lock, so a copy of a process made at any moment can continue to use
/// it.
class LogLimit
{
public:
    static constexpr int Burst = 32; ///< lines
    static constexpr std::chrono::seconds Pause{60};

    /// Logs a warning. \param format  as printf takes it, in English, without a line feed
    void warn(const QLoggingCategory &category, const char *format, ...) Q_ATTRIBUTE_FORMAT_PRINTF(3, 4);
    /// Logs an error from which a part of the program cannot recover, in the same way.
    void critical(const QLoggingCategory &category, const char *format, ...) Q_ATTRIBUTE_FORMAT_PRINTF(3, 4);

    /// Whether a line may be written at that time; if so, counts it.
    bool take(std::chrono::steady_clock::time_point now = std::chrono::steady_clock::now());
    /// The number of lines suppressed since the last call.
    int takeHeldBack() { return m_heldBack.exchange(0, std::memory_order_relaxed); }

private:
    /// Returns nothing if the line must not be written.
    std::optional<QString> textOf(bool isEnabled, const char *format, va_list arguments);

    /// Nanoseconds: when all lines so far would have been written at one line in each Pause.
    std::atomic<qint64> m_nextFree = 0;
    std::atomic<int> m_heldBack = 0;
};

} // namespace procession
