// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/tasks/calloutput.h>

#include <map>

namespace procession {

/// The output of a batch's tasks, by the calls of each task.
class CapturedOutput
{
public:
    /// The most bytes kept for all tasks together.
    static constexpr qsizetype Most = qsizetype(64) << 20;

    /// \param first  the first of the task's `count` calls
    void add(quint64 first, quint32 count, CallOutput &&output);

    /// All output, in the order of the calls.
    QByteArray output() const;
    QByteArray error() const;
    /// The output of the task that contains the call.
    CallOutput of(quint64 call) const;
    /// As of(). With the last call of a task its output is freed, so ask once for each call.
    CallOutput take(quint64 call);

private:
    struct Part
    {
        quint32 count = 0;
        quint32 left = 0; ///< calls whose output was not taken yet
        CallOutput output;
    };
    using Parts = std::map<quint64, Part>;

    Parts::const_iterator find(quint64 call) const;

    Parts m_parts; ///< by the first call
    qsizetype m_size = 0; ///< bytes kept
};

} // namespace procession
