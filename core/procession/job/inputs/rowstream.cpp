// SPDX-License-Identifier: MIT
#include <procession/job/inputs/rowstream.h>

#include <procession/platform/base/invalidinput.h>
#include <procession/platform/base/processerror.h>
#include <procession/platform/io/inputdescriptor.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace procession {

namespace {

constexpr std::size_t ReadSize = std::size_t(64) * 1024;
constexpr qsizetype LongestLine = qsizetype(256)
    << 20; // a hundred times what a command can take; a stream may have no line at all
constexpr quint64 StreamToken = 0;

bool isBlank(const QByteArray &line) { return line.trimmed().isEmpty(); }

} // namespace

RowStream::RowStream(Descriptor descriptor, Options options)
    : m_descriptor(std::move(descriptor)), m_options(std::move(options)), m_readsFirst(isPipeThatDoesNotBlock(m_descriptor.get()))
{
    readInputs(QByteArray(), m_options.format); // refuses a column separator that is none
    try {
        m_poller.add(m_descriptor.get(), StreamToken);
    } catch (const SystemError &error) {
        if (error.number() != EPERM)
            throw;
        m_canWait = false;
    }
}

GrowingInputs::Form RowStream::form()
{
    const bool varies = m_options.format.csv || !m_options.format.columnSeparator.isEmpty();
    GrowingInputs::Form form{varies ? 0 : 1, m_options.inputsPerRow};
    if (m_options.format.header) {
        m_mayBlock = true;
        bool found = false;
        form.columnNames = nextInput(found, false);
    }
    return form;
}

bool RowStream::read(std::vector<QByteArrayList> &rows, qsizetype most, qsizetype mostBytes)
{
    rows.clear();
    if (m_failure)
        std::rethrow_exception(std::exchange(m_failure, nullptr));
    try {
        readRows(rows, most, mostBytes);
    } catch (...) {
        if (rows.empty())
            throw;
        m_failure = std::current_exception(); // what comes before it counts
    }
    return !rows.empty() && !m_interrupted;
}

void RowStream::readRows(std::vector<QByteArrayList> &rows, qsizetype most, qsizetype mostBytes)
{
    qsizetype bytes = 0;
    QByteArrayList row;
    while (std::ssize(rows) < most && bytes < mostBytes) {
        m_mayBlock = rows.empty();
        if (m_interrupted || !nextRow(row))
            break;
        for (const QByteArray &cell : row)
            bytes += cell.size();
        rows.push_back(std::exchange(row, {}));
    }
}

void RowStream::interrupt()
{
    m_interrupted = true;
    m_poller.wake();
}

/// \return false at the end, when interrupted, and when there is none yet and it may not block
bool RowStream::nextRow(QByteArrayList &row)
{
    for (;;) {
        bool found = false;
        const QByteArrayList cells = nextInput(found, m_options.format.skipBlank);
        if (!found)
            break;
        m_group += cells;
        if (m_group.size() >= m_options.inputsPerRow) {
            row = std::exchange(m_group, {});
            return true;
        }
    }
    if (!m_atEnd || m_group.isEmpty())
        return false;
    row = std::exchange(m_group, {});
    return true;
}

QByteArrayList RowStream::nextInput(bool &found, bool skipsBlank)
{
    for (;;) {
        const QByteArray line = nextLine(found);
        if (!found)
            return {};
        if (skipsBlank && isBlank(line))
            continue;
        QByteArrayList cells = cellsOf(line);
        if (!cells.isEmpty()) // an empty line of CSV is nothing
            return cells;
    }
}

QByteArray RowStream::nextLine(bool &found)
{
    const char separator = m_options.format.separator;
    const bool hasQuotes = m_options.format.csv && separator == '\n';
    for (;;) {
        for (; m_searched < m_bytes.size(); ++m_searched) {
            if (!hasQuotes) {
                m_searched = m_bytes.indexOf(separator, m_searched);
                if (m_searched < 0)
                    m_searched = m_bytes.size();
                break;
            }
            const char c = m_bytes.at(m_searched);
            m_quoted ^= c == '"';
            if (c == separator && !m_quoted)
                break;
        }
        const bool isWhole = m_searched < m_bytes.size();
        if (isWhole || (m_atEnd && m_begin < m_bytes.size())) {
            found = true;
            const QByteArray line = m_bytes.mid(m_begin, m_searched - m_begin);
            m_searched += isWhole ? 1 : 0;
            m_begin = m_searched;
            m_quoted = false;
            return line;
        }
        if (m_bytes.size() - m_begin > LongestLine)
            throw InvalidInput("input.too-long", {}, QByteArray::number(LongestLine),
                "an input is longer than " + QByteArray::number(LongestLine)
                    + " bytes: separate the inputs by newlines, or see -0 and -d");
        found = false;
        if (m_atEnd || !readMore(m_mayBlock))
            return {};
    }
}

QByteArrayList RowStream::cellsOf(const QByteArray &line)
{
    if (!m_options.format.csv && m_options.format.columnSeparator.isEmpty())
        return {line};
    InputFormat format = m_options.format;
    format.header = false;
    format.firstLine = m_line;
    m_line += line.count('\n') + 1;
    format.skipBlank = false;
    const InputList list = format.csv ? readInputs(line + format.separator, format) : readInputs(QByteArrayList{line}, format);
    QByteArrayList cells;
    for (int column = 0; list.rowCount() > 0 && column < list.columnCount(); ++column)
        cells += list.cell(0, column);
    return cells;
}

/// \return whether something came, if only the end
bool RowStream::readMore(bool mayBlock)
{
    m_bytes.remove(0, m_begin);
    m_searched -= std::exchange(m_begin, 0);
    std::array<char, ReadSize> buffer;
    while (!m_interrupted) {
        std::optional<std::size_t> count;
        try {
            if (m_readsFirst)
                count = m_descriptor.read(buffer);
            if (!count && (!m_canWait || isReadable(mayBlock)))
                count = m_descriptor.read(buffer);
        } catch (const SystemError &error) {
            throw InvalidInput("input.unreadable", {}, error.what(), QByteArray("the inputs cannot be read: ") + error.what());
        }
        if (!count && mayBlock)
            continue;
        if (!count)
            return false;
        m_atEnd = *count == 0;
        m_bytes.append(buffer.data(), static_cast<qsizetype>(*count));
        return true;
    }
    return false;
}

/// With `mayBlock` it waits for that, or for interrupt().
bool RowStream::isReadable(bool mayBlock)
{
    std::vector<quint64> ready;
    m_poller.wait(mayBlock ? QDeadlineTimer(QDeadlineTimer::Forever) : QDeadlineTimer(0), ready);
    return !ready.empty();
}

} // namespace procession
