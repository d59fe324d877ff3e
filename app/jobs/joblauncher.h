// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <app/jobs/jobsession.h>
#include <procession/widgets/batch/batchdraft.h>

#include <QtCore/QObject>

namespace procession {

class JobHistory;

/// Makes sessions: of new jobs, of jobs that go on, and of past ones to look at. All that takes time happens in other threads; a
/// session or the reason why there is none follows as a signal.
class JobLauncher : public QObject
{
    Q_OBJECT

public:
    /// \param history  of the same store; not owned
    JobLauncher(const QString &storePath, JobHistory *history, QObject *parent = nullptr);
    ~JobLauncher() override;

    /// \param resultsFolder  where each task's output is written as files too; empty for none
    void run(const BatchDefinition &definition, const QString &resultsFolder);
    /// Reads the inputs of `draft` and runs what it comes to, or the first `most` tasks of it.
    void runDraft(const BatchDraft &draft, qsizetype most = std::numeric_limits<qsizetype>::max());
    /// Runs what is missing of a stored job.
    /// \param unsuccessful  whether tasks that failed, were cancelled or got lost run again too
    void resume(qint64 storedJob, bool unsuccessful);
    void open(const StoredJob &stored);

Q_SIGNALS:
    /// The receiver owns `session`. Its job has been started.
    void launched(procession::JobSession *session);
    /// The receiver owns `session`.
    void opened(procession::JobSession *session);
    /// \param message  in the person's language
    void failed(const QString &message);
    void storeFailed(const QString &message);

private:
    void launch(const BatchRequest &request, const QString &resultsFolder);
    std::function<void(const QString &)> teller(void (JobLauncher::*signal)(const QString &));
    std::function<void(const std::exception &)> failureTeller();
    void begin(PreparedBatch prepared, const QString &resultsFolder);

    QString m_storePath;
    JobHistory *m_history;
    std::shared_ptr<std::atomic_bool> m_closing = std::make_shared<std::atomic_bool>(false);
};

} // namespace procession
