// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/engine/job.h>

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

    explicit ProgressText(Parts parts) : m_parts(parts) { }

    /// \param now    microseconds since the epoch
    /// \param width  how many characters there is room for
    QString of(const JobSummary &summary, qint64 now, int width) const;

private:
    QString bar(double done, int width) const;
    QString timeLeft(const JobSummary &summary, double perSecond) const;

    Parts m_parts;
};

} // namespace procession
