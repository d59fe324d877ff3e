// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/output/outputprinter.h>

#include <app/commandline/common/console.h>
#include <procession/job/output/outputcapture.h>
#include <procession/job/output/outputreader.h>
#include <procession/job/run/commandbatch.h>
#include <procession/platform/base/invalidinput.h>
#include <procession/platform/base/processerror.h>
#include <procession/platform/io/terminal.h>
#include <procession/text/displaytext.h>
#include <procession/text/errortext.h>
#include <procession/text/statetext.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <cerrno>
#include <utility>

namespace procession {

namespace {

struct Printer
{
    Q_DECLARE_TR_FUNCTIONS(Printer)
};

constexpr qint64 PrintedBeginning = qint64(64) * 1024;
constexpr qint64 MemoryBound = qint64(16) * 1024 * 1024;
constexpr qsizetype LongestCommand = 200; // characters, in a note
constexpr qsizetype LongestNote = 1'000;

qint64 memoryOf(const Attempt &attempt)
{
    return qint64(sizeof(Attempt)) + attempt.output.out.bytes.size() + attempt.output.err.bytes.size();
}

/// Of an attempt that ended for its output only the beginning is printed: stdout may be a file on the same disk.
CapturedStream printedPart(const Attempt &attempt, const CapturedStream &stream)
{
    if (attempt.cause != EndCause::Output)
        return stream;
    QByteArray beginning = stream.bytes;
    if (QFile file(stream.file); stream.isInFile() && file.open(QIODevice::ReadOnly))
        beginning = file.read(PrintedBeginning);
    return {beginning, {}, beginning.size(), 0};
}

/// \param program  a path, from `folder` on
bool isThere(const QByteArray &program, const QByteArray &folder)
{
    if (!program.contains('/'))
        return false;
    const bool isWhole = program.startsWith('/') || folder.isEmpty();
    return QFileInfo(QFile::decodeName(isWhole ? program : folder + '/' + program)).isFile();
}

std::optional<ResultsFolder> resultsFolder(const QByteArray &path, const JobBatch &batch)
{
    if (path.isEmpty())
        return std::nullopt;
    return ResultsFolder(path, batch.definition().inputs);
}

} // namespace

OutputPrinter::OutputPrinter(std::shared_ptr<const JobBatch> batch, const std::vector<TaskRecord> &before, Options options,
    std::shared_ptr<ProgressLine> line, std::function<void(const std::exception &)> onError)
    : m_batch(std::move(batch)),
      m_options(std::move(options)),
      m_line(std::move(line)),
      m_onError(std::move(onError)),
      m_results(resultsFolder(m_options.results, *m_batch))
{
    if (m_options.keepOrder) {
        m_sequencer.emplace();
        for (std::size_t i = 0; i < before.size(); ++i) {
            if (isEnd(before[i].state))
                m_sequencer->skip(static_cast<TaskIndex>(i));
        }
    }
}

OutputPrinter::~OutputPrinter() { finish(); }

void OutputPrinter::start()
{
    m_thread = std::thread([this] { run(); });
}

bool OutputPrinter::finish(QDeadlineTimer deadline)
{
    {
        std::unique_lock lock(m_mutex);
        m_finished = true;
        m_changed.notify_all();
        const std::chrono::nanoseconds left(deadline.remainingTimeNSecs());
        if (!m_thread.joinable())
            return true;
        if (!deadline.isForever() && !m_changed.wait_for(lock, left, [this] { return m_hasPrinted; }))
            return false;
    }
    m_thread.join();
    return true;
}

void OutputPrinter::acceptWithoutWaiting()
{
    const std::scoped_lock lock(m_mutex);
    m_unbounded = true;
    m_changed.notify_all();
}

void OutputPrinter::taskWrote(OutputPiece &&piece)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (m_memory >= MemoryBound)
            return;
        m_memory += qint64(sizeof(Event)) + piece.bytes.size();
        m_waiting.emplace_back(std::move(piece));
    }
    m_changed.notify_all();
}

void OutputPrinter::taskStarted(TaskIndex, const TaskRecord &) { }

void OutputPrinter::attemptEnded(const Attempt &attempt) { m_last.insert_or_assign(attempt.task, attempt); }

void OutputPrinter::taskChanged(TaskIndex task, const TaskRecord &record)
{
    auto last = m_last.extract(task);
    if (!last && !m_options.keepOrder)
        return; // one of perhaps a million that were cancelled before they began
    Ended ended;
    if (last)
        ended.attempt = std::move(last.mapped());
    ended.attempt.task = task;
    ended.isLast = isEnd(record.state);
    ended.counts = last && ended.isLast && record.state != TaskState::Cancelled;
    if (ended.isLast || last)
        add(std::move(ended));
}

void OutputPrinter::jobStateChanged(JobState) { }

void OutputPrinter::tasksAdded(const AddedTasks &added)
{
    for (const EarlierTask &earlier : added.earlier) {
        if (isEnd(earlier.record.state))
            taskChanged(earlier.task, earlier.record);
    }
}

void OutputPrinter::add(Ended ended)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_memory < MemoryBound || m_unbounded; });
    m_memory += memoryOf(ended.attempt);
    m_waiting.emplace_back(std::move(ended));
    m_changed.notify_all();
}

std::deque<OutputPrinter::Event> OutputPrinter::take()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return !m_waiting.empty() || m_finished; });
    m_memory = 0;
    m_changed.notify_all();
    return std::exchange(m_waiting, {});
}

void OutputPrinter::run()
{
    for (auto waiting = take(); !waiting.empty(); waiting = take()) {
        for (Event &event : waiting) {
            try {
                std::visit([this](auto &what) { handle(std::move(what)); }, event);
            } catch (const std::exception &error) {
                if (!std::exchange(m_failed, true))
                    m_onError(error);
            }
        }
    }
    const std::scoped_lock lock(m_mutex);
    m_hasPrinted = true;
    m_changed.notify_all();
}

void OutputPrinter::handle(Ended ended)
{
    if (m_failed)
        return;
    if (ended.counts)
        keep(ended.attempt);
    else
        drop(ended.attempt);
    if (!ended.counts)
        m_live.end(ended.attempt);
    if (!ended.counts && ended.isLast)
        release(ended.attempt.task);
    if (!m_sequencer) {
        if (ended.counts)
            printTask(ended.attempt);
        return;
    }
    if (ended.counts)
        m_sequencer->add(std::move(ended.attempt));
    else if (ended.isLast)
        m_sequencer->skip(ended.attempt.task);
    while (const auto next = m_sequencer->next())
        printTask(*next);
    printLines(m_sequencer->turn());
}

void OutputPrinter::handle(const OutputPiece &piece)
{
    if (m_failed)
        return;
    m_live.add(piece);
    if (!m_sequencer || m_sequencer->turn() == piece.task)
        printLines(piece.task);
}

void OutputPrinter::printLines(TaskIndex task)
{
    const QByteArray out = m_live.takeLines(task, false);
    const QByteArray err = m_live.takeLines(task, true);
    if (out.isEmpty() && err.isEmpty())
        return;
    const QByteArray tag = tagOf(task, m_live.worker(task));
    const auto stream = [](const QByteArray &bytes) { return CapturedStream{bytes, {}, bytes.size(), 0}; };
    m_line->aside([&] {
        printStream(StandardOutput, stream(out), tag, 0);
        printStream(StandardError, stream(err), tag, 0);
    });
}

void OutputPrinter::keep(const Attempt &attempt)
{
    if (m_results)
        m_results->write(m_batch->arguments(attempt.task), attempt.task, attempt.output);
    if (m_options.jobLog)
        m_options.jobLog->write(JobLogEntry::of(attempt, m_batch->description(attempt.task)));
}

void OutputPrinter::printTask(const Attempt &attempt)
{
    const QByteArray tag = tagOf(attempt.task, attempt.worker);
    m_line->aside([&] {
        printStream(StandardOutput, printedPart(attempt, attempt.output.out), tag, m_live.printed(attempt, false));
        printStream(StandardError, printedPart(attempt, attempt.output.err), tag, m_live.printed(attempt, true));
        printNotes(attempt);
    });
    m_live.end(attempt);
    drop(attempt);
    release(attempt.task);
}

/// Of inputs that come without end only those are kept whose output has not been printed.
void OutputPrinter::release(TaskIndex task)
{
    if (const auto &growing = m_batch->definition().growing)
        growing->release(task);
}

QByteArray OutputPrinter::tagOf(TaskIndex task, int worker) const
{
    if (!m_options.tag)
        return {};
    return m_options.tag->of(m_batch->arguments(task), qint64(task) + 1, worker) + '\t';
}

void OutputPrinter::printStream(int fd, const CapturedStream &stream, const QByteArray &tag, qint64 from)
{
    if (tag.isEmpty()) {
        readStream(
            stream, [this, fd](QByteArrayView bytes) { m_line->print(fd, bytes); }, from);
        return;
    }
    bool atLineStart = true;
    readStream(
        stream,
        [&](QByteArrayView bytes) {
            QByteArray tagged;
            while (!bytes.isEmpty()) {
                const qsizetype end = bytes.indexOf('\n');
                const QByteArrayView line = end < 0 ? bytes : bytes.first(end + 1);
                if (atLineStart)
                    tagged += tag;
                tagged += line;
                atLineStart = end >= 0;
                bytes = bytes.sliced(line.size());
            }
            m_line->print(fd, tagged);
        },
        from);
}

void OutputPrinter::printNotes(const Attempt &attempt)
{
    if (attempt.cause == EndCause::Output)
        printOutputNote(attempt);
    if (m_options.quiet)
        return;
    const QString command = shortened(displayText(m_batch->description(attempt.task)), LongestCommand);
    if (attempt.status.kind == ExitStatus::Kind::FailedToStart)
        note(Printer::tr("task %1 could not start: %2: %3").arg(attempt.task + 1).arg(startFailure(attempt), command));
    else if (attempt.cause == EndCause::TimedOut)
        note(Printer::tr("task %1 ran longer than %2 and was ended: %3")
                 .arg(attempt.task + 1)
                 .arg(durationText(m_batch->definition().job.timeout.count() * 1000), command));
}

void OutputPrinter::printOutputNote(const Attempt &attempt)
{
    const QString task = QString::number(attempt.task + 1);
    const QString command = shortened(displayText(m_batch->description(attempt.task)), LongestCommand);
    const CapturedStream &out = attempt.output.out;
    const CapturedStream &err = attempt.output.err;
    if (out.error == OutputCapture::TooMuch || err.error == OutputCapture::TooMuch) {
        note(Printer::tr("task %1 wrote more than %2 and was ended: %3").arg(task, sizeText(out.size + err.size), command));
        note(Printer::tr("--output-limit SIZE lets it write more. Printed is the beginning of what it wrote."));
        return;
    }
    const int error = out.error != 0 ? out.error : err.error;
    note(
        Printer::tr("the output of task %1 could not be kept, and it failed: %2: %3").arg(task, qt_error_string(error), command));
    if (error == ENOSPC)
        note(Printer::tr("Make room, or set the room to keep by --diskfree SIZE. Printed is the beginning of what it wrote."));
}

QString OutputPrinter::startFailure(const Attempt &attempt) const
{
    const QString reason = statusText(attempt.status);
    const QByteArray folder = m_batch->definition().options.workingDirectory;
    if (const auto *commands = dynamic_cast<const CommandBatch *>(m_batch.get())) {
        try {
            const QByteArray program = commands->command(attempt.task, attempt.worker).value(0);
            if (attempt.status.value == ENOENT && isThere(program, folder))
                return Printer::tr("the interpreter of the program was not found");
        } catch (const InvalidInput &error) { // of the one input
            return shortened(errorText(error), 2 * LongestCommand);
        }
    }
    QString deleted = deletedFolder();
    if (!folder.isEmpty())
        deleted = QFileInfo::exists(QFile::decodeName(folder)) ? QString() : displayText(folder);
    return deleted.isEmpty() ? reason : Printer::tr("%1 (the working folder %2 has been deleted)").arg(reason, deleted);
}

void OutputPrinter::note(const QString &text) { m_line->printLine("procession: " + shortened(text, LongestNote).toUtf8()); }

void OutputPrinter::drop(const Attempt &attempt)
{
    if (!m_options.removeFiles)
        return;
    for (const CapturedStream *stream : {&attempt.output.out, &attempt.output.err}) {
        if (stream->isInFile())
            QFile::remove(stream->file);
    }
}

} // namespace procession
