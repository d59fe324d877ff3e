// SPDX-License-Identifier: MIT
#include <procession/job/inputs/inputreader.h>

#include <procession/platform/base/invalidinput.h>

#include <QtCore/QIODevice>
#include <QtCore/QRegularExpression>

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

namespace procession {

namespace {

constexpr qint64 ReadSize = 1 << 20;

bool isSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool isBlank(QByteArrayView row) { return std::all_of(row.begin(), row.end(), isSpace); }

/// Collects rows, each with its own width; the first may be the header.
class RowCollector
{
public:
    explicit RowCollector(const InputFormat &format) : m_skipsBlank(format.skipBlank), m_inHeader(format.header) { }

    /// Whether such a row is skipped.
    bool skips(QByteArrayView row) const { return m_skipsBlank && !m_inHeader && isBlank(row); }

    void addCell(QByteArrayView cell)
    {
        if (m_width == InputList::MaxColumns)
            throw InvalidInput("input.too-wide", {}, QByteArray::number(InputList::MaxColumns),
                "a row has more than " + QByteArray::number(InputList::MaxColumns) + " columns: check the column separator");
        if (m_inHeader)
            m_names += cell.toByteArray();
        else
            m_cells.appendCell(cell);
        ++m_width;
    }

    void endRow()
    {
        const int width = std::exchange(m_width, 0);
        if (!std::exchange(m_inHeader, false))
            m_widths += width;
    }

    InputList take()
    {
        InputList result = InputList::ofRows(std::move(m_cells), m_widths, std::max(1, static_cast<int>(m_names.size())));
        result.setColumnNames(m_names);
        return result;
    }

private:
    const bool m_skipsBlank;
    bool m_inHeader;
    QByteArrayList m_names;
    InputList m_cells;
    QList<int> m_widths;
    int m_width = 0;
};

QByteArrayView trimmed(QByteArrayView cell)
{
    while (!cell.empty() && isSpace(cell.front()))
        cell = cell.sliced(1);
    while (!cell.empty() && isSpace(cell.back()))
        cell.chop(1);
    return cell;
}

/// Cuts rows into columns.
class ColumnSplitter
{
public:
    explicit ColumnSplitter(const InputFormat &format) : m_trims(format.trimColumns), m_literal(literalOf(format.columnSeparator))
    {
        if (m_literal)
            return;
        m_expression.setPattern(QString::fromLatin1(format.columnSeparator));
        if (!m_expression.isValid())
            throw InvalidInput("input.column-separator", format.columnSeparator, m_expression.errorString().toUtf8(),
                "column separator \"" + format.columnSeparator
                    + "\" is no regular expression: " + m_expression.errorString().toUtf8() + " at position "
                    + QByteArray::number(m_expression.patternErrorOffset()));
        m_expression.optimize();
    }

    void split(QByteArrayView row, RowCollector &rows) const
    {
        if (rows.skips(row))
            return;
        if (m_literal)
            splitAtLiteral(row, rows);
        else
            splitAtExpression(row, rows);
        rows.endRow();
    }

private:
    void add(QByteArrayView cell, RowCollector &rows) const { rows.addCell(m_trims ? trimmed(cell) : cell); }

    void splitAtLiteral(QByteArrayView row, RowCollector &rows) const
    {
        qsizetype begin = 0;
        for (qsizetype end; (end = row.indexOf(*m_literal, begin)) >= 0; begin = end + 1)
            add(row.sliced(begin, end - begin), rows);
        add(row.sliced(begin), rows);
    }

    /// In Latin-1 a character is a byte, so that positions agree and any bytes survive.
    void splitAtExpression(QByteArrayView row, RowCollector &rows) const
    {
        const QString text = QString::fromLatin1(row);
        qsizetype begin = 0;
        for (auto matches = m_expression.globalMatch(text); matches.hasNext();) {
            const QRegularExpressionMatch match = matches.next();
            if (match.capturedLength() == 0)
                continue;
            add(row.sliced(begin, match.capturedStart() - begin), rows);
            begin = match.capturedEnd();
        }
        add(row.sliced(begin), rows);
    }

    /// The one byte that the expression stands for, if it is as simple as that.
    static std::optional<char> literalOf(const QByteArray &expression)
    {
        if (expression == "\\t")
            return '\t';
        if (expression.size() == 1 && !std::strchr("\\^$.|?*+()[{", expression.front()))
            return expression.front();
        return std::nullopt;
    }

    bool m_trims;
    std::optional<char> m_literal;
    QRegularExpression m_expression;
};

template <typename Use>
void forEachRow(const QByteArray &bytes, char separator, Use use)
{
    const QByteArrayView view(bytes);
    for (qsizetype begin = 0; begin < view.size();) {
        const qsizetype found = view.indexOf(separator, begin);
        const qsizetype end = found < 0 ? view.size() : found;
        use(view.sliced(begin, end - begin));
        begin = end + 1;
    }
}

/// Rows of one column, without a detour: there may be millions.
InputList readPlain(const QByteArray &bytes, const InputFormat &format)
{
    InputList result;
    result.reserve(bytes.count(format.separator) + 1, bytes.size());
    bool isHeader = format.header;
    forEachRow(bytes, format.separator, [&](QByteArrayView row) {
        if (std::exchange(isHeader, false))
            result.setColumnNames({row.toByteArray()});
        else if (!format.skipBlank || !isBlank(row))
            result.appendCell(row);
    });
    return result;
}

/// RFC 4180, with any line ends.
class CsvReader
{
public:
    CsvReader(QByteArrayView bytes, char separator, qsizetype firstLine)
        : m_bytes(bytes), m_separator(separator), m_line(firstLine)
    {
        if (m_bytes.startsWith("\xef\xbb\xbf"))
            m_bytes = m_bytes.sliced(3);
    }

    void read(RowCollector &rows)
    {
        while (m_at < m_bytes.size()) {
            if (!takeLineEnd() && !skipBlankRow(rows))
                readRow(rows);
        }
    }

private:
    void readRow(RowCollector &rows)
    {
        for (;;) {
            if (m_at < m_bytes.size() && m_bytes[m_at] == '"')
                rows.addCell(takeQuoted());
            else
                rows.addCell(takeBare());
            if (m_at < m_bytes.size() && m_bytes[m_at] == m_separator) {
                ++m_at;
                continue;
            }
            if (m_at < m_bytes.size() && !takeLineEnd())
                refuse("something follows a closing quote");
            return rows.endRow();
        }
    }

    bool skipBlankRow(const RowCollector &rows)
    {
        const qsizetype end = m_bytes.indexOf('\n', m_at);
        if (!rows.skips(end < 0 ? m_bytes.sliced(m_at) : m_bytes.sliced(m_at, end - m_at)))
            return false;
        m_at = end < 0 ? m_bytes.size() : end;
        takeLineEnd();
        return true;
    }

    QByteArrayView takeBare()
    {
        const qsizetype begin = m_at;
        while (m_at < m_bytes.size() && m_bytes[m_at] != m_separator && !isLineEnd()) {
            if (m_bytes[m_at] == '"')
                refuse("a quote stands inside a cell that does not begin with one");
            ++m_at;
        }
        return m_bytes.sliced(begin, m_at - begin);
    }

    QByteArray takeQuoted()
    {
        QByteArray cell;
        const qsizetype opened = m_line;
        for (++m_at; m_at < m_bytes.size(); ++m_at) {
            const char c = m_bytes[m_at];
            const bool isDoubled = c == '"' && m_at + 1 < m_bytes.size() && m_bytes[m_at + 1] == '"';
            if (c == '"' && !isDoubled) {
                ++m_at;
                return cell;
            }
            m_at += isDoubled ? 1 : 0;
            m_line += c == '\n' ? 1 : 0;
            cell += c;
        }
        m_line = opened;
        refuse("a quote is opened and not closed");
    }

    bool isLineEnd() const
    {
        return m_bytes[m_at] == '\n' || (m_bytes[m_at] == '\r' && m_at + 1 < m_bytes.size() && m_bytes[m_at + 1] == '\n');
    }

    bool takeLineEnd()
    {
        if (m_at == m_bytes.size() || !isLineEnd())
            return false;
        m_at += m_bytes[m_at] == '\n' ? 1 : 2;
        ++m_line;
        return true;
    }

    [[noreturn]] void refuse(const char *reason) const
    {
        const QByteArray line = QByteArray::number(m_line);
        throw InvalidInput("input.csv-quote", line, reason,
            "line " + line + " of the CSV: " + reason + "; write a quote inside of quotes twice");
    }

    QByteArrayView m_bytes;
    char m_separator;
    qsizetype m_at = 0;
    qsizetype m_line;
};

char csvSeparator(const InputFormat &format)
{
    const QByteArray separator = format.columnSeparator == "\\t" ? QByteArray("\t") : format.columnSeparator;
    if (separator.isEmpty())
        return ',';
    if (separator.size() > 1 || std::strchr("\"\r\n", separator.front()))
        throw InvalidInput("input.column-separator", separator, {},
            "column separator \"" + separator + "\" cannot be used with CSV: give one character that is no quote");
    return separator.front();
}

/// Cuts rows into columns in the one way or the other.
class RowReader
{
public:
    explicit RowReader(const InputFormat &format) : m_rows(format), m_firstLine(format.firstLine)
    {
        if (format.csv)
            m_csvSeparator = csvSeparator(format);
        else
            m_splitter.emplace(format);
    }

    /// One row, or with CSV as many as there are.
    void read(QByteArrayView bytes)
    {
        if (m_splitter)
            m_splitter->split(bytes, m_rows);
        else
            CsvReader(bytes, m_csvSeparator, m_firstLine).read(m_rows);
    }

    /// As read(), but an empty row counts in CSV too.
    void readValue(QByteArrayView bytes)
    {
        if (m_splitter || !bytes.isEmpty())
            return read(bytes);
        if (m_rows.skips(bytes))
            return;
        m_rows.addCell(bytes);
        m_rows.endRow();
    }

    InputList take() { return m_rows.take(); }

private:
    RowCollector m_rows;
    std::optional<ColumnSplitter> m_splitter;
    char m_csvSeparator = ',';
    qsizetype m_firstLine;
};

/// Values as rows of one column.
InputList plainValues(const QByteArrayList &rows, const InputFormat &format)
{
    InputList result;
    bool isHeader = format.header;
    for (const QByteArray &row : rows) {
        if (std::exchange(isHeader, false))
            result.setColumnNames({row});
        else if (!format.skipBlank || !isBlank(row))
            result.appendCell(row);
    }
    return result;
}

} // namespace

InputList readInputs(const QByteArray &bytes, const InputFormat &format)
{
    if (!format.csv && format.columnSeparator.isEmpty())
        return readPlain(bytes, format);
    RowReader reader(format);
    if (format.csv && format.separator == '\n')
        reader.read(bytes);
    else
        forEachRow(bytes, format.separator, [&](QByteArrayView row) { reader.read(row); });
    return reader.take();
}

InputList readInputs(QIODevice &device, const InputFormat &format)
{
    QByteArray bytes;
    for (;;) {
        const qsizetype size = bytes.size();
        bytes.resize(size + ReadSize);
        const qint64 count = device.read(bytes.data() + size, ReadSize);
        bytes.resize(size + std::max<qint64>(count, 0));
        if (count < 0 && !device.atEnd())
            throw InvalidInput("input.unreadable", {}, device.errorString().toUtf8(),
                "the inputs cannot be read: " + device.errorString().toUtf8());
        if (count <= 0)
            return readInputs(bytes, format);
    }
}

InputList readInputs(const QByteArrayList &rows, const InputFormat &format)
{
    QByteArrayList values;
    if (format.separatesValues) {
        for (const QByteArray &row : rows)
            values += row.split(format.separator);
    } else {
        values = rows;
    }
    if (!format.csv && format.columnSeparator.isEmpty())
        return plainValues(values, format);
    RowReader reader(format);
    for (const QByteArray &value : values)
        reader.readValue(value);
    return reader.take();
}

} // namespace procession
