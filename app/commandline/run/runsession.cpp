// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/run/runsession.h>

#include <app/commandline/common/console.h>
#include <app/commandline/common/storekeeping.h>
#include <app/commandline/common/words.h>
#include <app/commandline/run/batchpreparation.h>
#include <procession/job/run/resultscompletion.h>
#include <procession/job/store/jobrecorder.h>
#include <procession/job/store/jobstore.h>
#include <procession/platform/io/diskspace.h>
#include <procession/platform/io/inheritabledescriptors.h>
#include <procession/platform/io/terminal.h>
#include <procession/platform/system/selfsignal.h>
#include <procession/text/errortext.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>

#include <cerrno>
#include <chrono>
#include <csignal>

namespace procession {

namespace {

constexpr int ProgressInterval = 200; // milliseconds
constexpr std::chrono::seconds LookInterval{1}; // at what tasks do
constexpr std::chrono::milliseconds RecordInterval{100};
constexpr std::chrono::seconds PatienceWhenSignalled{5};
constexpr std::chrono::seconds LastWords{1}; // for output that is not read, when a signal ends the run
constexpr std::chrono::seconds StandStillTime{10}; // for a busy machine
constexpr std::chrono::seconds FlushTime{1}; // a full disk takes nothing
constexpr int SignalBase = 128;

} // namespace

RunSession::RunSession(const RunOptions &options, const BatchRequest &request)
    : m_options(options), m_signals(std::make_unique<RunSignals>()), m_callersDescriptors(inheritableDescriptors())
{
    ignoreBrokenPipes();
    ignoreFileSizeSignal();
    connect(m_signals.get(), &RunSignals::stopAsked, this, &RunSession::onStopAsked);
    connect(m_signals.get(), &RunSignals::suspendAsked, this, &RunSession::onSuspendAsked);
    connect(m_signals.get(), &RunSignals::continued, this, &RunSession::onContinued);
    m_prepared = prepareBatch(request, m_options.storeIsDefault);
    completeResults();
    m_line = std::make_shared<ProgressLine>();
    m_printer = makePrinter();
    m_tally = std::make_shared<ExitTally>(m_prepared.batch->definition().job.halt, m_prepared.batch->count());
    m_progress = std::make_unique<ProgressText>(ProgressText::Parts{m_options.bar, m_options.progress, m_options.eta});
    connect(&m_progressTimer, &QTimer::timeout, this, [this] { showProgress(); });
    connect(&m_lookTimer, &QTimer::timeout, this, [this] { tellStoppedTasks(); });
}

RunSession::~RunSession() = default;

// An earlier run may have been killed after it recorded a task and before it wrote the task's files.
void RunSession::completeResults()
{
    if (m_options.results.isEmpty() || !m_prepared.continued)
        return;
    const ResultsFolder results(m_options.results, m_prepared.batch->definition().inputs);
    procession::completeResults(results, JobStore(m_prepared.storePath), m_prepared.job, *m_prepared.batch, m_prepared.before);
}

std::shared_ptr<OutputPrinter> RunSession::makePrinter()
{
    OutputPrinter::Options options;
    options.keepOrder = m_options.keepOrder;
    options.quiet = m_options.quiet;
    options.results = m_options.results;
    const auto kept = keptOutput(*m_prepared.batch);
    options.removeFiles = !m_prepared.isRecorded() || (kept && kept->size == 0);
    if (m_options.tag)
        options.tag.emplace(m_options.tagString, m_prepared.batch->definition().columnNames());
    if (!m_options.jobLog.isEmpty()) {
        const bool appends = m_options.appendsToJobLog || m_options.resume != RunOptions::Resume::No;
        options.jobLog = std::make_unique<JobLogWriter>(
            QFile::decodeName(m_options.jobLog), appends ? JobLogWriter::Mode::Append : JobLogWriter::Mode::Replace);
    }
    return std::make_shared<OutputPrinter>(m_prepared.batch, m_prepared.before, std::move(options), m_line,
        [this](const std::exception &error) { onPrinterError(error); });
}

int RunSession::exec()
{
    m_signals->look(); // one may have come while the batch was prepared
    if (endedBy() != 0 || m_letsFinish)
        return SignalBase + (m_letsFinish ? SIGUSR1 : endedBy());
    BatchRun::Observers observers;
    observers.recorded = {m_printer, m_tally};
    observers.onStoreError = [this](const QString &message) { m_line->aside([&] { printError(message); }); };
    observers.onStoreRefused = [this](const JobStoreError &error) { onStoreRefused(error); };
    observers.onInputError = [this](const std::exception &error) {
        m_ended = ExitOtherError;
        m_line->aside([&] { printError(error); });
    };
    observers.keptDescriptors = m_callersDescriptors;
    observers.adoptsOrphans = true;
    if (m_options.lines)
        observers.onOutput = [printer = m_printer](OutputPiece &&piece) { printer->taskWrote(std::move(piece)); };
    m_run = std::make_unique<BatchRun>(std::move(m_prepared), std::move(observers));
    m_printer->start(); // after the processes that are copies of this one
    connect(&m_run->job(), &Job::finished, QCoreApplication::instance(), &QCoreApplication::quit, Qt::QueuedConnection);
    if (m_options.bar || m_options.progress || m_options.eta)
        m_progressTimer.start(ProgressInterval);
    m_run->job().setUsageInterval(LookInterval);
    m_lookTimer.start(LookInterval);
    m_run->job().start();
    QCoreApplication::exec();

    m_progressTimer.stop();
    m_lookTimer.stop();
    const JobSummary summary = m_run->job().summary();
    finishRecord();
    const qint64 job = m_run->storedJob();
    const QString storePath = m_run->storePath();
    const auto kept = keptOutput(*m_run->batch());
    m_outputFolder = m_run->temporaryFolder();
    m_signals->release(); // only printing is left, which nothing else could interrupt
    m_run.reset(); // everything is reported then
    finishPrinting();
    if (job != 0)
        tidyStore(storePath, job, kept);
    if (m_options.bar || m_options.progress || m_options.eta)
        m_line->finish(m_progress->of(summary, m_clock.now(), m_line->width()), endedBy() == 0);
    return exitStatus(summary);
}

/// Blocks until everything is in the store: as long as that takes on a busy machine, but not for ever on a full disk, and not after a
/// signal.
void RunSession::finishRecord()
{
    JobRecorder *recorder = m_run->recorder();
    if (!recorder)
        return;
    QDeadlineTimer patience(QDeadlineTimer::Forever);
    while (!recorder->flush(QDeadlineTimer(RecordInterval))) {
        const int askedBefore = m_stopsAsked;
        m_signals->look();
        if (m_stopsAsked != askedBefore && patience.isForever())
            patience = QDeadlineTimer(PatienceWhenSignalled);
        if (recorder->isStuck() || patience.hasExpired())
            break;
    }
    if (recorder->flush(QDeadlineTimer(0)))
        return;
    recorder->giveUp();
    m_ended = ExitOtherError;
    m_line->aside([this] {
        printError(tr("the end of this job could not be recorded in %1: what it printed is right, but --resume will run "
                      "those tasks again")
                       .arg(m_run->storePath()));
    });
}

/// What stays of this job's output, if that is its own affair.
std::optional<OutputRule> RunSession::keptOutput(const JobBatch &batch) const
{
    return m_options.keepOutput ? m_options.keepOutput : batch.definition().keepOutput;
}

void RunSession::tidyStore(const QString &storePath, qint64 job, const std::optional<OutputRule> &kept)
{
    try {
        keepOutput(storePath, job, kept);
    } catch (const std::exception &error) { // the job itself is done and recorded
        m_line->aside([&error] { printError(error); });
    }
}

/// Waits until all is printed, but after a signal not for ever for a reader that takes none.
void RunSession::finishPrinting()
{
    const int signal = endedBy();
    if (m_printer->finish(signal == 0 ? QDeadlineTimer(QDeadlineTimer::Forever) : QDeadlineTimer(LastWords)))
        return;
    if (m_outputFolder)
        m_outputFolder->remove();
    dieOf(signal); // the printer's thread cannot be ended otherwise
}

int RunSession::exitStatus(const JobSummary &summary) const
{
    const int ended = m_ended;
    if (const int signal = endedBy())
        return SignalBase + signal;
    if (ended != 0)
        return ended;
    if (m_letsFinish && summary.count(TaskState::Cancelled) > 0)
        return SignalBase + SIGUSR1;
    return m_tally->exitStatus();
}

void RunSession::onStopAsked(StopMode mode, int signalNumber)
{
    ++m_stopsAsked;
    m_letsFinish |= mode == StopMode::Finish;
    if (!m_run)
        return; // nothing has started
    if (m_run->recorder())
        m_run->recorder()->acceptWithoutWaiting(); // a job that waits for a full disk could not stop
    if (mode != StopMode::Finish)
        m_printer->acceptWithoutWaiting(); // nor one that waits for the reader of its output
    stop(mode);
    m_line->say(RunSignals::noticeOf(mode, signalNumber, m_run->batch()->definition().job.killGrace));
}

/// Ctrl-Z. The shell lets this program go on, and not its tasks, which are in sessions of their own.
void RunSession::onSuspendAsked()
{
    announceStop(); // what sees the tasks stopped may send SIGCONT before this program has stopped
    if (m_run)
        m_run->job().standStill(QDeadlineTimer(StandStillTime));
    if (m_run && m_run->recorder())
        m_run->recorder()->flush(QDeadlineTimer(FlushTime)); // so that other programs find an idle store
    m_line->say(tr("running tasks are stopped, and time-outs stand; fg (SIGCONT) lets them go on"));
    stopAsAnnounced();
    onContinued();
}

void RunSession::onContinued()
{
    if (m_run)
        m_run->job().goOn();
}

void RunSession::stop(StopMode mode)
{
    if (m_run)
        m_run->job().stop(mode);
}

void RunSession::onPrinterError(const std::exception &error)
{
    const auto *system = dynamic_cast<const SystemError *>(&error);
    const bool nobodyReads = system && system->number() == EPIPE;
    if (!nobodyReads)
        printError(error);
    m_ended = nobodyReads ? ExitBrokenPipe : ExitOtherError; // at once: the job may have finished already
    QMetaObject::invokeMethod(
        this, [this, nobodyReads] { stop(nobodyReads ? StopMode::Kill : StopMode::Terminate); }, Qt::QueuedConnection);
}

/// In the recorder's thread.
void RunSession::onStoreRefused(const JobStoreError &error)
{
    if (m_options.storeIsDefault && isUnusable(error)) {
        m_line->aside([&error] { printError(unrecordedText(errorText(error))); });
        return;
    }
    m_line->aside([&error] { printError(error); });
    m_ended = ExitOtherError;
    QMetaObject::invokeMethod(
        this, [this] { stop(StopMode::Kill); }, Qt::QueuedConnection);
}

void RunSession::tellStoppedTasks()
{
    for (const WorkerSnapshot &worker : m_run->job().workers()) {
        if (worker.state == WorkerState::Stopped && worker.pid != 0 && !m_options.quiet
            && m_toldStopped.insert(worker.task).second)
            m_line->say(tr("task %1 has been stopped; kill -CONT -%2 lets it go on").arg(worker.task + 1).arg(worker.pid));
    }
}

void RunSession::showProgress() { m_line->show(m_progress->of(m_run->job().summary(), m_clock.now(), m_line->width())); }

int runToEnd(const RunOptions &options, const BatchRequest &request)
{
    int status = 0;
    int signal = 0;
    {
        RunSession session(options, request);
        status = session.exec();
        signal = session.endedBy();
    }
    if (signal != 0)
        dieOf(signal);
    return status;
}

} // namespace procession
