// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/tasks/calloutput.h>

#include <map>

namespace procession {

/// What the tasks of a batch wrote, by the calls that they consisted of.
class CapturedOutput
{
public:
    /// Of all tasks together so many bytes are kept.
    static constexpr qsizetype Most = qsizetype(64) << 20;

    /// \param first  of the `count` calls that one task had
    void add(quint64 first, quint32 count, CallOutput &&output);

    /// In the order of the calls.
    QByteArray output() const;
    QByteArray error() const;
    /// What the task with that call wrote.
    CallOutput of(quint64 call) const;
    /// The same; with the last call of a task what it wrote is forgotten. To be asked once for each call.
    CallOutput take(quint64 call);

private:
    struct Part
    {
        quint32 count = 0;
        quint32 left = 0; ///< calls for which it was not taken
        CallOutput output;
    };
    using Parts = std::map<quint64, Part>;

    Parts::const_iterator find(quint64 call) const;

    Parts m_parts; ///< by the first call
    qsizetype m_size = 0; ///< bytes that are kept
};

} // namespace procession
