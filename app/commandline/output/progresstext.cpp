// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/output/progresstext.h>

#include <app/commandline/common/cellwidth.h>
#include <procession/text/displaytext.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

#include <algorithm>

namespace procession {

namespace {

struct Progress
{
    Q_DECLARE_TR_FUNCTIONS(Progress)
};

constexpr int LeastBarWidth = 10;

} // namespace

QString ProgressText::of(const JobSummary &summary, qint64 now, int width) const
{
    const qint64 total = summary.total();
    const qint64 ended = summary.ended();
    const qint64 failed = summary.count(TaskState::Failed) + summary.count(TaskState::Lost);
    const qint64 elapsed
        = summary.startedAt == 0 ? 0 : (summary.endedAt != 0 ? summary.endedAt : now) - summary.startedAt - summary.stoodStill;
    const qint64 endedNow = ended - summary.endedBefore;

    const QString counts
        = summary.moreMayCome ? Progress::tr("%1/%2+", "ended, and tasks so far: more may come") : Progress::tr("%1/%2");
    QStringList parts{counts.arg(countText(ended), countText(total))};
    if (failed > 0)
        parts.append(Progress::tr("%1 failed").arg(countText(failed)));
    if (m_parts.counts)
        parts.append(Progress::tr("%1 running").arg(countText(summary.busyWorkers)));
    if (summary.stoppedWorkers > 0)
        parts.append(Progress::tr("%1 stopped").arg(countText(summary.stoppedWorkers)));
    if (summary.heldBack)
        parts.append(Progress::tr("held back"));
    if (endedNow > 0 && elapsed > 0) {
        const double perSecond = static_cast<double>(endedNow) * 1e6 / static_cast<double>(elapsed);
        parts.append(Progress::tr("%1/s").arg(rateText(perSecond)));
        if ((m_parts.eta || m_parts.bar) && (ended < total || summary.moreMayCome))
            parts.append(timeLeft(summary, perSecond));
    }
    if (ended == total && !summary.moreMayCome)
        parts.append(Progress::tr("in %1").arg(durationText(elapsed)));
    QString text = parts.join(QStringLiteral("  "));
    if (m_parts.bar) {
        // Of an unknown number no part is known.
        const double done = summary.moreMayCome ? 0 : total == 0 ? 1 : static_cast<double>(ended) / static_cast<double>(total);
        const QString percent = rightPadded(summary.moreMayCome ? QStringLiteral("?") : percentText(done), 4);
        const auto room = width - cellWidth(percent) - cellWidth(text) - 5;
        text = bar(done, std::max(room, LeastBarWidth)) + QLatin1Char(' ') + percent + QStringLiteral("  ") + text;
    }
    return cutToCells(text, width);
}

QString ProgressText::timeLeft(const JobSummary &summary, double perSecond) const
{
    if (summary.moreMayCome)
        return Progress::tr("time left unknown");
    return Progress::tr("%1 left").arg(
        clockText(static_cast<qint64>(static_cast<double>(summary.total() - summary.ended()) / perSecond * 1e6)));
}

QString ProgressText::bar(double done, int width) const
{
    const int filled = static_cast<int>(done * width);
    return QLatin1Char('[') + QString(filled, QLatin1Char('#')) + QString(width - filled, QLatin1Char('-')) + QLatin1Char(']');
}

} // namespace procession
