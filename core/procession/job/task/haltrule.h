// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/qglobal.h>

namespace procession {

/// When a job stops early: after a number, or a percentage, of its tasks failed, succeeded or ended.
///
/// \code
/// options.halt = HaltRule::parse("soon,fail=10%");
/// \endcode
///
/// Written as GNU parallel writes it: `never`, `now,fail=1`, `soon,success=3`, `soon,fail=20%`, `now,done=5`.
/// A percentage is of all tasks and is first looked at after three tasks have ended.
struct HaltRule
{
    enum class When : quint8 {
        Never,
        Soon, ///< start no more tasks, let the running ones finish
        Now, ///< start no more tasks and end the running ones
    };
    enum class Count : quint8 { Failed, Succeeded, Ended };

    When when = When::Never;
    Count count = Count::Failed;
    int number = 0; ///< of tasks; 0 when `percent` counts
    double percent = 0; ///< at least this part of all tasks, 0…100

    /// \throws InvalidInput naming the text and what is allowed
    static HaltRule parse(const QByteArray &text);
    /// The text that parse() takes.
    QByteArray toText() const;

    /// Whether the job must stop now. Counts are of tasks, not of attempts.
    bool applies(qint64 failed, qint64 succeeded, qint64 total) const;

    friend bool operator==(const HaltRule &, const HaltRule &) = default;
};

} // namespace procession
