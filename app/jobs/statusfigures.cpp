// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/jobs/statusfigures.h>

#include <app/jobs/jobsession.h>
#include <procession/text/displaytext.h>

#include <QtCore/QEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>

namespace procession {

StatusFigures::StatusFigures(QWidget *parent) : QWidget(parent)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(6, 0, 6, 0);
    layout->setSpacing(24);
    for (QLabel **label : {&m_workers, &m_cpu, &m_memory, &m_queue, &m_notices}) {
        *label = new QLabel;
        if (label == &m_queue)
            layout->addStretch();
        layout->addWidget(*label);
    }
    m_notices->setObjectName(QStringLiteral("noticeCount"));
    show();
}

void StatusFigures::update(const std::vector<JobSession *> &sessions, qint64 now)
{
    std::map<WorkerKey, Usage> usage;
    qint64 used = 0;
    m_busy = m_idle = m_queued = m_bytes = 0;
    for (const JobSession *session : sessions) {
        if (!session->isActive())
            continue;
        const JobSummary summary = session->summary();
        m_busy += summary.busyWorkers;
        m_idle += std::max(0, summary.workers - summary.busyWorkers);
        m_queued += summary.count(TaskState::Queued);
        for (const WorkerSnapshot &worker : session->job()->workers()) {
            const WorkerKey key(session, worker.id);
            const auto before = m_usage.find(key);
            const bool isSame = before != m_usage.end() && before->second.pid == worker.pid;
            used += std::max<qint64>(0, worker.cpuTime - (isSame ? before->second.cpuTime : 0));
            m_bytes += worker.memory;
            usage[key] = {worker.pid, worker.cpuTime};
        }
    }
    m_load = m_time > 0 && now > m_time ? static_cast<double>(used) / static_cast<double>(now - m_time) : 0;
    m_time = now;
    m_usage = std::move(usage);
    show();
}

void StatusFigures::setNoticeCount(int count)
{
    m_noticeCount = count;
    show();
}

void StatusFigures::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        show();
    QWidget::changeEvent(event);
}

void StatusFigures::show()
{
    const bool isActive = m_busy + m_idle > 0;
    m_workers->setText(isActive ? tr("%1 workers busy, %2 idle").arg(countText(m_busy), countText(m_idle)) : tr("No job runs"));
    m_cpu->setText(tr("CPU %1").arg(percentText(m_load)));
    m_cpu->setToolTip(tr("What the running tasks use; 100% is one processor"));
    m_memory->setText(tr("Memory %1").arg(sizeText(m_bytes)));
    m_memory->setToolTip(tr("What the running tasks use"));
    m_queue->setText(tr("Backlog %1").arg(countText(m_queued)));
    m_queue->setToolTip(tr("Tasks that wait for a worker"));
    for (QLabel *label : {m_cpu, m_memory, m_queue})
        label->setVisible(isActive);
    m_notices->setText(tr("%Ln notice(s)", nullptr, m_noticeCount));
    m_notices->setVisible(m_noticeCount > 0);
}

} // namespace procession
