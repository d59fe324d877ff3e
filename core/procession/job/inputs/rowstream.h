// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/inputs/growinginputs.h>
#include <procession/job/inputs/inputreader.h>
#include <procession/platform/base/poller.h>

#include <atomic>
#include <exception>
#include <vector>

namespace procession {

/// Reads rows of inputs from a stream as they come: from a pipe, a FIFO, a terminal.
///
/// \code
/// RowStream stream(Descriptor(::dup(STDIN_FILENO)), {});
/// std::vector<QByteArrayList> rows;
/// while (stream.read(rows, 100, 65'536)) {
///     for (const QByteArrayList &row : rows)
///         use(row);
/// }
/// \endcode
///
/// Cuts rows and columns as readInputs() does, but each row has its own number of columns. Functions from one thread, but for interrupt().
class RowStream
{
public:
    struct Options
    {
        InputFormat format{};
        int inputsPerRow = 1; ///< rows that make one; with rows of one column only
    };

    /// \throws SystemError, InvalidInput as readInputs() for the format
    RowStream(Descriptor descriptor, Options options);

    /// The form of its rows. With a header line it blocks until that has come, or the end. \throws as read()
    GrowingInputs::Form form();

    /// Appends rows to `rows`, and blocks until there is at least one: at most `most` rows, and no more once they have `mostBytes` bytes.
    /// \returns whether it appended any: false at the end and after interrupt()
    /// \throws InvalidInput as readInputs(); "input.too-long", after all rows before the bad one
    bool read(std::vector<QByteArrayList> &rows, qsizetype most, qsizetype mostBytes);
    /// Makes read() return false, now and from now on. From any thread.
    void interrupt();

private:
    void readRows(std::vector<QByteArrayList> &rows, qsizetype most, qsizetype mostBytes);
    QByteArrayList nextInput(bool &found, bool skipsBlank);
    QByteArray nextLine(bool &found);
    QByteArrayList cellsOf(const QByteArray &line);
    bool readMore(bool mayBlock);
    bool isReadable(bool mayBlock);
    bool nextRow(QByteArrayList &row);

    Descriptor m_descriptor;
    const Options m_options;
    const bool m_readsFirst;
    Poller m_poller;
    bool m_canWait = true; // devices such as /dev/null can always be read
    std::atomic<bool> m_interrupted = false;
    bool m_atEnd = false;
    std::exception_ptr m_failure; // of the row after those delivered last

    QByteArray m_bytes; // read and not yet cut
    qsizetype m_begin = 0; // of the next line
    qsizetype m_searched = 0; // the line does not end before
    bool m_quoted = false; // CSV: what was searched ends inside of quotes
    qsizetype m_line = 1; // CSV: number of the next line
    bool m_mayBlock = false;
    QByteArrayList m_group; // the beginning of a row of several inputs
};

} // namespace procession
