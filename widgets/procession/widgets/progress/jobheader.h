// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/engine/job.h>
#include <procession/widgets/progress/progressestimate.h>

#include <QtWidgets/QWidget>

class QLabel;

namespace procession {

class OutcomeBar;

/// One line that says how a job is doing: name, bar, counts, rate, time used and time left, state.
class JobHeader : public QWidget
{
    Q_OBJECT

public:
    explicit JobHeader(QWidget *parent = nullptr);
    ~JobHeader() override;

    /// Begins anew with another job; an empty name for none.
    void setJob(const QString &name);
    /// \param now  microseconds since the epoch
    void setSummary(const JobSummary &summary, qint64 now);

protected:
    void changeEvent(QEvent *event) override;

private:
    void updateTexts();
    QString timeLine() const;
    QString stateLine() const;
    QString runningLine() const;
    QString finishedLine() const;

    QLabel *m_name = nullptr;
    OutcomeBar *m_bar = nullptr;
    QLabel *m_counts = nullptr;
    QLabel *m_failed = nullptr;
    QLabel *m_rate = nullptr;
    QLabel *m_time = nullptr;
    QLabel *m_state = nullptr;
    ProgressEstimate m_estimate;
    JobSummary m_summary;
    qint64 m_now = 0;
};

} // namespace procession
