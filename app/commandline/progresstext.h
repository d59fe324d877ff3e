// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job.h>

#include <QtCore/QString>

namespace procession {

/// Words how far a job is, on one line.
class ProgressText
{
public:
    struct Parts
    {
        bool bar = false;
        bool counts = false;
        bool eta = false;

        bool any() const { return bar || counts || eta; }
    };

    /// \param endedBefore  tasks that had ended when this run began: they say nothing of the speed
    ProgressText(Parts parts, qint64 endedBefore) : m_parts(parts), m_endedBefore(endedBefore) { }

    /// \param now    microseconds since the epoch
    /// \param width  how many characters there is room for
    QString of(const JobSummary &summary, qint64 now, int width) const;

private:
    QString bar(double done, int width) const;

    Parts m_parts;
    qint64 m_endedBefore;
};

} // namespace procession
