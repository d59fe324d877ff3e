// SPDX-License-Identifier: MIT
#include <procession/job/output/joblog.h>

#include <procession/platform/base/invalidinput.h>
#include <procession/platform/io/bytefile.h>

#include <QtCore/QFileInfo>

#include <array>
#include <cerrno>
#include <cmath>
#include <cstring>

namespace procession {

namespace {

const QByteArray Header = "Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand\n";
constexpr int TimedOutSignal = 15;
constexpr qint64 MaxLine = qint64(64) << 20;
constexpr qint64 ReadSize = qint64(1) << 20;
constexpr double MaxMicroseconds = 9e18;

enum Field : std::size_t { Sequence, Host, StartTime, RunTime, Send, Receive, ExitValue, Signal, Command, FieldCount };

QByteArray seconds(qint64 microseconds) { return QByteArray::number(static_cast<double>(microseconds) / 1e6, 'f', 3); }

/// GNU parallel keeps a command on its line so, and no command has a NUL byte.
QByteArray onOneLine(QByteArray command) { return command.replace('\n', '\0'); }

QByteArray withNewlines(QByteArray command) { return command.replace('\0', '\n'); }

/// Whether there is something at `path` that has no end to go on behind, such as a FIFO.
bool isDevice(const QString &path)
{
    const QFileInfo file(path);
    return file.exists() && !file.isFile() && !file.isDir();
}

int exitValueOf(const Attempt &attempt)
{
    constexpr int NotFound = 127;
    constexpr int NotExecutable = 126;
    if (attempt.cause == EndCause::TimedOut || (attempt.cause == EndCause::Output && attempt.status.isSuccess()))
        return -1;
    switch (attempt.status.kind) {
    case ExitStatus::Kind::Exited:
        return attempt.status.value;
    case ExitStatus::Kind::Signaled:
        return 0;
    case ExitStatus::Kind::FailedToStart:
        return attempt.status.value == ENOENT ? NotFound : NotExecutable;
    case ExitStatus::Kind::None:
    case ExitStatus::Kind::Lost:
        break;
    }
    return -1;
}

int signalOf(const Attempt &attempt)
{
    if (attempt.status.kind == ExitStatus::Kind::Signaled)
        return attempt.status.value;
    return attempt.cause == EndCause::TimedOut ? TimedOutSignal : 0;
}

/// Reads the fields of one line.
class LineReader
{
public:
    LineReader(const QByteArray &line, qint64 number) : m_number(number)
    {
        qsizetype begin = 0;
        for (std::size_t field = 0; field < Command; ++field) {
            const qsizetype end = line.indexOf('\t', begin);
            if (end < 0)
                refuse("it has fewer than 9 fields between tabs");
            m_fields.at(field) = line.mid(begin, end - begin);
            begin = end + 1;
        }
        m_fields.at(Command) = line.mid(begin);
    }

    JobLogEntry entry() const
    {
        JobLogEntry result;
        result.sequence = integer(Sequence);
        if (result.sequence < 1)
            refuse("Seq is less than 1");
        result.host = m_fields.at(Host);
        result.startedAt = microseconds(StartTime);
        result.duration = microseconds(RunTime);
        result.sent = integer(Send);
        result.received = integer(Receive);
        result.exitValue = static_cast<int>(integer(ExitValue));
        result.signal = static_cast<int>(integer(Signal));
        result.command = withNewlines(m_fields.at(Command));
        return result;
    }

private:
    qint64 integer(Field field) const
    {
        bool isNumber = false;
        const qint64 value = m_fields.at(field).toLongLong(&isNumber);
        if (!isNumber || ((field == ExitValue || field == Signal) && value != static_cast<int>(value)))
            refuse("a number is expected where \"" + m_fields.at(field) + "\" stands");
        return value;
    }

    qint64 microseconds(Field field) const
    {
        bool isNumber = false;
        const double value = m_fields.at(field).trimmed().toDouble(&isNumber) * 1e6;
        if (!isNumber || !std::isfinite(value) || std::abs(value) > MaxMicroseconds)
            refuse("a time is expected where \"" + m_fields.at(field) + "\" stands");
        return std::llround(value);
    }

    [[noreturn]] void refuse(const QByteArray &reason) const
    {
        const QByteArray number = QByteArray::number(m_number);
        throw InvalidInput("joblog.line", number, reason,
            "line " + number + " of the job log is wrong: " + reason + "; mend or remove the line");
    }

    qint64 m_number;
    std::array<QByteArray, FieldCount> m_fields;
};

[[noreturn]] void refuseHeader(const QByteArray &name)
{
    throw InvalidInput("joblog.header", name, Header.trimmed(),
        "\"" + name + "\" is no job log: its first line is not \"" + Header.trimmed() + "\"; give another file");
}

} // namespace

JobLogEntry JobLogEntry::of(const Attempt &attempt, const QByteArray &command)
{
    JobLogEntry entry;
    entry.sequence = qint64(attempt.task) + 1;
    entry.startedAt = attempt.startedAt;
    entry.duration = attempt.duration;
    entry.received = attempt.output.out.size;
    entry.exitValue = exitValueOf(attempt);
    entry.signal = signalOf(attempt);
    entry.command = command;
    return entry;
}

JobLogWriter::JobLogWriter(const QString &path, Mode mode) : m_file(path)
{
    if (mode == Mode::Append && !isDevice(path))
        prepareToAppend();
    const auto how = mode == Mode::Append && !isDevice(path) ? QIODevice::Append : QIODevice::WriteOnly | QIODevice::Truncate;
    if (!m_file.open(how | QIODevice::Unbuffered))
        fail("opened");
    if (m_file.size() == 0)
        writeLine(Header);
}

void JobLogWriter::prepareToAppend()
{
    if (!m_file.exists() || m_file.size() == 0)
        return;
    if (!m_file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly))
        fail("opened");
    const QByteArray first = m_file.readLine(Header.size() + 1);
    if (!Header.startsWith(first))
        refuseHeader(m_file.fileName().toUtf8());

    // The end of the last whole line, found from behind.
    constexpr qint64 Step = 4096;
    qint64 end = m_file.size();
    while (end > 0) {
        const qint64 begin = std::max<qint64>(0, end - Step);
        if (!m_file.seek(begin))
            fail("read");
        const QByteArray part = m_file.read(end - begin);
        if (part.size() != end - begin)
            fail("read", "it has become shorter meanwhile");
        const qsizetype newline = part.lastIndexOf('\n');
        end = newline < 0 ? begin : begin + newline + 1;
        if (newline >= 0)
            break;
    }
    if (end < m_file.size() && !m_file.resize(end))
        fail("cut");
    m_file.close();
}

void JobLogWriter::write(const JobLogEntry &entry)
{
    const QByteArrayList fields{QByteArray::number(entry.sequence), entry.host, seconds(entry.startedAt),
        seconds(entry.duration).rightJustified(10), QByteArray::number(entry.sent), QByteArray::number(entry.received),
        QByteArray::number(entry.exitValue), QByteArray::number(entry.signal), onOneLine(entry.command)};
    writeLine(fields.join('\t') + '\n');
}

void JobLogWriter::writeLine(const QByteArray &line)
{
    try {
        writeAll(m_file.handle(), line);
    } catch (const SystemError &error) {
        fail("written", std::strerror(error.number()));
    }
}

void JobLogWriter::fail(const char *action) const { fail(action, m_file.errorString().toStdString()); }

void JobLogWriter::fail(const char *action, const std::string &reason) const
{
    throw JobLogError("job log \"" + m_file.fileName().toStdString() + "\" cannot be " + action + ": " + reason);
}

std::vector<JobLogEntry> readJobLog(QIODevice &device)
{
    std::vector<JobLogEntry> entries;
    const QByteArray header = device.read(Header.size());
    // A header that is itself torn is all that the first writer got to write.
    if (!Header.startsWith(header))
        refuseHeader(header.trimmed());
    qint64 number = 2;
    QByteArray pending;
    for (;;) {
        const QByteArray part = device.read(ReadSize);
        if (part.isEmpty())
            return entries;
        qsizetype begin = 0;
        const qsizetype searchFrom = pending.size();
        pending += part;
        for (qsizetype end = pending.indexOf('\n', searchFrom); end >= 0; end = pending.indexOf('\n', begin)) {
            entries.push_back(LineReader(pending.mid(begin, end - begin), number++).entry());
            begin = end + 1;
        }
        pending.remove(0, begin);
        if (pending.size() > MaxLine)
            throw InvalidInput("joblog.line", QByteArray::number(number), "too long",
                "line " + QByteArray::number(number) + " of the job log is too long: remove it");
    }
}

std::vector<JobLogEntry> readJobLog(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw JobLogError("job log \"" + path.toStdString() + "\" cannot be opened: " + file.errorString().toStdString());
    auto entries = readJobLog(file);
    if (file.error() != QFileDevice::NoError)
        throw JobLogError("job log \"" + path.toStdString() + "\" cannot be read: " + file.errorString().toStdString());
    return entries;
}

} // namespace procession
