// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/runsession.h>

#include <procession/batchpreparation.h>
#include <procession/console.h>
#include <procession/diskspace.h>
#include <procession/inheritabledescriptors.h>
#include <procession/jobrecorder.h>
#include <procession/jobstore.h>
#include <procession/resultscompletion.h>
#include <procession/storekeeping.h>
#include <procession/terminal.h>
#include <procession/words.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QDateTime>
#include <QtCore/QFile>

#include <cerrno>
#include <chrono>
#include <csignal>

namespace procession {

namespace {

constexpr int ProgressInterval = 200; // milliseconds
constexpr std::chrono::milliseconds RecordInterval{100};
constexpr std::chrono::seconds PatienceWhenSignalled{5};

QByteArrayList columnNames(const BatchDefinition &definition)
{
    return definition.growing ? definition.growing->columnNames() : definition.inputs.columnNames();
}

qint64 now() { return QDateTime::currentMSecsSinceEpoch() * 1000; }

} // namespace

RunSession::RunSession(const RunOptions &options, const BatchRequest &request)
    : m_options(options),
      m_signals(std::make_unique<SignalWatcher>(std::initializer_list<int>{SIGINT, SIGTERM, SIGHUP})),
      m_callersDescriptors(inheritableDescriptors())
{
    ignoreBrokenPipes();
    ignoreFileSizeSignal();
    connect(m_signals.get(), &SignalWatcher::caught, this, &RunSession::onSignal);
    m_prepared = prepareBatch(request, m_options.storeIsDefault);
    completeResults();
    m_line = std::make_shared<ProgressLine>();
    m_printer = makePrinter();
    m_tally = std::make_shared<ExitTally>(m_prepared.batch->definition().job.halt, m_prepared.batch->count());
    m_progress = std::make_unique<ProgressText>(ProgressText::Parts{m_options.bar, m_options.progress, m_options.eta});
    connect(&m_progressTimer, &QTimer::timeout, this, [this] { showProgress(); });
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
    options.removeFiles = m_prepared.job == 0 || (kept && kept->size == 0);
    if (m_options.tag)
        options.tag.emplace(m_options.tagString, columnNames(m_prepared.batch->definition()));
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
    BatchRun::Observers observers;
    observers.recorded = {m_printer, m_tally};
    observers.onStoreError = [this](const QString &message) { m_line->aside([&] { printError(message); }); };
    observers.onInputError = [this](const std::exception &error) {
        m_ended = ExitOtherError;
        m_line->aside([&] { printError(error); });
    };
    observers.keptDescriptors = m_callersDescriptors;
    if (m_options.lines)
        observers.onOutput = [printer = m_printer](OutputPiece &&piece) { printer->taskWrote(std::move(piece)); };
    const auto outputFolder = m_prepared.temporaryFolder; // stays until all is printed
    m_run = std::make_unique<BatchRun>(std::move(m_prepared), std::move(observers));
    connect(&m_run->job(), &Job::finished, QCoreApplication::instance(), &QCoreApplication::quit, Qt::QueuedConnection);
    if (m_options.bar || m_options.progress || m_options.eta)
        m_progressTimer.start(ProgressInterval);
    m_run->job().start();
    QCoreApplication::exec();

    m_progressTimer.stop();
    const JobSummary summary = m_run->job().summary();
    finishRecord();
    const qint64 job = m_run->storedJob();
    const QString storePath = m_run->storePath();
    const auto kept = keptOutput(*m_run->batch());
    m_run.reset(); // all is told then
    m_printer->finish();
    if (job != 0)
        tidyStore(storePath, job, kept);
    if (m_options.bar || m_options.progress || m_options.eta)
        m_line->finish(m_progress->of(summary, now(), m_line->width()));
    return exitStatus();
}

/// Waits until all is in the store: as long as it takes on a busy machine, but not for ever for a full disk, nor for a person who has
/// sent a signal.
void RunSession::finishRecord()
{
    JobRecorder *recorder = m_run->recorder();
    if (!recorder)
        return;
    QDeadlineTimer patience(QDeadlineTimer::Forever);
    while (!recorder->flush(QDeadlineTimer(RecordInterval))) {
        const auto signalsBefore = m_signalCounts;
        QCoreApplication::processEvents();
        if (m_signalCounts != signalsBefore && patience.isForever())
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

int RunSession::exitStatus() const
{
    const int ended = m_ended;
    return ended != 0 ? ended : m_tally->exitStatus();
}

void RunSession::onSignal(int signalNumber)
{
    const int count = ++m_signalCounts[signalNumber];
    if (m_run && m_run->recorder())
        m_run->recorder()->acceptWithoutWaiting(); // a job that waits for a full disk could not stop
    m_ended = ExitOtherError;
    if (count == 1)
        stop(signalNumber == SIGTERM ? StopMode::Finish : StopMode::Terminate);
    else
        stop(StopMode::Kill);
    if (count == 2)
        m_signals.reset(); // a third one ends this program at once, and the guard its children
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

void RunSession::showProgress() { m_line->show(m_progress->of(m_run->job().summary(), now(), m_line->width())); }

} // namespace procession
