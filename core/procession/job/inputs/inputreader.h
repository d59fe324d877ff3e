// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/inputs/inputtable.h>

class QIODevice;

namespace procession {

/// How bytes are cut into rows, and rows into columns.
struct InputFormat
{
    char separator = '\n'; ///< ends a row: '\n', or '\0' for names with newlines
    bool separatesValues = false; ///< whether `separator` also cuts rows that are already apart; each part is one then
    /// A regular expression between columns; empty when a row is one column. It sees bytes, not characters.
    QByteArray columnSeparator{};
    bool trimColumns = true; ///< white space around columns is cut off, as GNU parallel does; only with `columnSeparator`
    bool header = false; ///< the first row gives the columns their names
    bool csv = false; ///< RFC 4180, with quotes; `columnSeparator` is one character then, a comma when empty
    qsizetype firstLine = 1; ///< what errors call the first line of CSV
    bool skipBlank = false; ///< rows that are empty or white space, as they are before they are cut, are none; but not the header
};

/// Reads inputs.
///
/// \code
/// QFile file("sizes.tsv");
/// InputList sizes = readInputs(file, {.columnSeparator = "\t", .header = true});
/// \endcode
///
/// A last row without its separator counts, an empty row too (but in CSV, where an empty line is nothing). Bytes are kept as they
/// are: a carriage return belongs to the row (but in CSV). A row has the columns that are in it, be they fewer than those of others.
/// CSV has rows that end with newlines; any other `separator` cuts the bytes first, and each part is CSV for itself.
///
/// \throws InvalidInput "input.column-separator" when that is no regular expression, "input.too-wide" when a row has more than
///         InputList::MaxColumns columns, "input.csv-quote" naming the line
InputList readInputs(const QByteArray &bytes, const InputFormat &format = {});
/// Reads to the end of an open device, as above.
/// \throws InvalidInput also "input.unreadable" with the device's reason
InputList readInputs(QIODevice &device, const InputFormat &format = {});
/// Rows that are already apart, as arguments after `:::` are; with `csv` each is CSV for itself.
InputList readInputs(const QByteArrayList &rows, const InputFormat &format = {});

/// The numbers from `first` to `last`, `step` apart, written with as many decimals as the most exact of the three has. When `first` or `last`
/// begins with a 0, whole numbers get zeros in front to be equally long: 001, 002, … 100.
/// \throws InvalidInput "range.number" naming what is no number, "range.step" when `last` is never reached,
///         "input.too-many" when there are more than a job can have tasks
InputList numberRange(const QByteArray &first, const QByteArray &last, const QByteArray &step = "1");

} // namespace procession
