// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtWidgets/QWidget>

#include <map>

class QLabel;

namespace procession {

class JobSession;

/// The line at the foot of the window: what all jobs of this program together do and use.
class StatusFigures : public QWidget
{
    Q_OBJECT

public:
    explicit StatusFigures(QWidget *parent = nullptr);

    /// \param now  microseconds since the epoch
    void update(const std::vector<JobSession *> &sessions, qint64 now);
    void setNoticeCount(int count);

protected:
    void changeEvent(QEvent *event) override;

private:
    /// What one worker had used when it was last looked at.
    struct Usage
    {
        qint64 pid = 0;
        qint64 cpuTime = 0;
    };
    using WorkerKey = std::pair<const JobSession *, int>;

    void show();

    QLabel *m_workers;
    QLabel *m_cpu;
    QLabel *m_memory;
    QLabel *m_queue;
    QLabel *m_notices;
    std::map<WorkerKey, Usage> m_usage;
    qint64 m_time = 0;
    qint64 m_busy = 0;
    qint64 m_idle = 0;
    qint64 m_queued = 0;
    qint64 m_bytes = 0;
    double m_load = 0;
    int m_noticeCount = 0;
};

} // namespace procession
