// SPDX-License-Identifier: MIT
#pragma once

#include <procession/jobstore.h>

#include <QtCore/QFuture>
#include <QtCore/QObject>

namespace procession {

/// The store for programs with an event loop: every question is answered later, from a thread of its own.
///
/// \code
/// history.attempts(job, task).then(this, [this](const QList<Attempt> &attempts) { show(attempts); });
/// \endcode
///
/// Futures fail with JobStoreError. Questions are answered in the order in which they were asked. To be used from one thread.
class JobHistory : public QObject
{
    Q_OBJECT

public:
    explicit JobHistory(const QString &storePath, QObject *parent = nullptr);
    /// Waits for the question being answered; drops the others (their futures are cancelled).
    ~JobHistory() override;

    QFuture<QList<StoredJob>> jobs(int limit = 100);
    QFuture<QList<Attempt>> attempts(qint64 job, TaskIndex task);
    QFuture<std::vector<TaskRecord>> taskRecords(qint64 job);
    QFuture<QByteArray> inputs(qint64 job);
    QFuture<void> removeJob(qint64 job);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace procession
