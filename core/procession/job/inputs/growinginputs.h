// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/inputs/inputtable.h>

#include <deque>
#include <mutex>
#include <vector>

namespace procession {

/// Inputs that arrive while their batch runs: rows are appended, read by index, and released once they are no longer needed.
///
/// \code
/// GrowingInputs inputs({.columns = 1});
/// inputs.append({"a.png"});
/// inputs.row(0);                          // {"a.png"}
/// inputs.release(0);                      // its task has ended and been shown
/// \endcode
///
/// Its memory is that of the unreleased rows and at most some thousand more. Thread-safe.
class GrowingInputs
{
public:
    struct Form
    {
        int columns = 1; ///< of an input; 0 when each has its own number
        int inputsPerRow = 1; ///< when it is more, `columns` is 1
        QByteArrayList columnNames{}; ///< from a header line
    };

    explicit GrowingInputs(Form form) : m_form(std::move(form)) { }

    const Form &form() const { return m_form; }
    /// A table without rows that has the columns and their names.
    InputTable emptyTable() const;
    /// As InputTable::columnNames().
    QByteArrayList columnNames() const;

    /// All that were added.
    qsizetype rowCount() const;
    /// \throws InvalidInput "input.too-many" when the number of rows exceeds the most tasks of a job
    void append(const QByteArrayList &row);
    /// \pre it was added and not released
    QByteArrayList row(qsizetype index) const;
    /// Some rows as a table, for the store. \pre as row()
    InputTable rows(qsizetype first, qsizetype count) const;
    /// Frees a row that is not needed any more; at most once for each row.
    void release(qsizetype index);
    /// How many rows are in memory.
    qsizetype keptCount() const;

private:
    /// Rows that come and go together.
    struct Chunk
    {
        InputList cells;
        std::vector<qsizetype> rowEnds; ///< in cells
        qsizetype released = 0;
    };

    QByteArrayList rowLocked(qsizetype index) const;

    const Form m_form;
    mutable std::mutex m_mutex; // guards what follows
    std::deque<Chunk> m_chunks; // all but the last are full
    qsizetype m_gone = 0; // chunks at the beginning that were let go of
    qsizetype m_rowCount = 0;
};

} // namespace procession
