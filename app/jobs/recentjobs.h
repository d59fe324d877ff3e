// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/store/jobhistory.h>

#include <QtCore/QTimer>

namespace procession {

/// The jobs of the store, newest first, read again when asked to, not more often than makes sense.
class RecentJobs : public QObject
{
    Q_OBJECT

public:
    /// \param history  not owned
    explicit RecentJobs(JobHistory *history, QObject *parent = nullptr);

    const QList<StoredJob> &jobs() const { return m_jobs; }
    /// Reads them soon; changed() follows.
    void refresh();

Q_SIGNALS:
    void changed();
    void failed(const QString &message);

private:
    void read();

    JobHistory *m_history;
    QTimer m_soon;
    QList<StoredJob> m_jobs;
    bool m_isReading = false;
    bool m_readAgain = false;
};

} // namespace procession
