// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <app/commandline/output/exittally.h>
#include <app/commandline/output/outputprinter.h>
#include <app/commandline/output/progresstext.h>
#include <app/commandline/run/runoptions.h>
#include <app/commandline/run/runsignals.h>
#include <procession/job/run/batchrun.h>
#include <procession/job/task/evenclock.h>

#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <atomic>
#include <memory>
#include <set>

namespace procession {

/// One `procession run`: the batch at work, its output, its progress, and what signals do to it.
class RunSession : public QObject
{
    Q_OBJECT

public:
    /// Prepares the batch; uses the options that concern output. \throws what BatchRun::prepare() throws, and JobLogError
    RunSession(const RunOptions &options, const BatchRequest &request);
    ~RunSession() override;

    /// Runs the batch to its end. \returns the program's exit status
    int exec();
    /// The signal that ended it, 0 when none did.
    int endedBy() const { return m_signals->endedBy(); }

private:
    void completeResults();
    std::shared_ptr<OutputPrinter> makePrinter();
    void onStopAsked(StopMode mode, int signalNumber);
    void onSuspendAsked();
    void onContinued();
    void onStoreRefused(const JobStoreError &error);
    void onPrinterError(const std::exception &error);
    void stop(StopMode mode);
    void showProgress();
    void tellStoppedTasks();
    void finishRecord();
    std::optional<OutputRule> keptOutput(const JobBatch &batch) const;
    void tidyStore(const QString &storePath, qint64 job, const std::optional<OutputRule> &kept);
    void finishPrinting();
    int exitStatus(const JobSummary &summary) const;

    const RunOptions m_options;
    std::unique_ptr<RunSignals> m_signals; // before any thread
    int m_stopsAsked = 0;
    const std::vector<int> m_callersDescriptors; // for the commands
    PreparedBatch m_prepared;
    std::shared_ptr<ProgressLine> m_line;
    std::shared_ptr<OutputPrinter> m_printer;
    std::shared_ptr<ExitTally> m_tally;
    std::unique_ptr<ProgressText> m_progress;
    QTimer m_progressTimer;
    const EvenClock m_clock;
    QTimer m_lookTimer;
    std::set<TaskIndex> m_toldStopped;
    bool m_letsFinish = false;
    std::shared_ptr<TemporaryFolder> m_outputFolder; // stays until all is printed
    std::unique_ptr<BatchRun> m_run;
    std::atomic<int> m_ended = 0; // an exit status that goes before that of the tasks
};

/// Runs a session from its beginning to its end. When a signal has ended it, so it does this program, once all is recorded and printed: then
/// this does not return. \returns the program's exit status \throws what RunSession does
int runToEnd(const RunOptions &options, const BatchRequest &request);

} // namespace procession
