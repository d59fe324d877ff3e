// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/inputs/inputtable.h>
#include <procession/job/task/attempt.h>

#include <vector>

namespace procession {

/// A tree of folders with what each task wrote, laid out as GNU parallel's `--results`:
/// `FOLDER/1/VALUE/2/VALUE/{seq,stdout,stderr}`, with the names of the columns in place of their numbers where they have names.
///
/// \code
/// const ResultsFolder results("out");
/// results.write({"a/b", "7"}, 3, output);             // out/1/a\_b/2/7/stdout …
/// \endcode
///
/// Of several inputs to a task each has its folders inside those of the one before it.
///
/// Whatever the bytes of a value, it is the name of one folder (see folderName()). Each file is there complete or not at all.
class ResultsFolder
{
public:
    /// \param columnNames  of the columns of one input; empty when none has a name
    explicit ResultsFolder(const QByteArray &path, const QByteArrayList &columnNames = {});
    ResultsFolder(const QByteArray &path, const InputTable &inputs);

    /// Creates the folder of a task and writes its files.
    /// \param arguments  the input's columns
    /// \throws SystemError naming the file
    void write(const QByteArrayList &arguments, TaskIndex task, const TaskOutput &output) const;
    /// Whether all files of a task are there and were written after a moment (microseconds since the epoch).
    bool isWrittenSince(const QByteArrayList &arguments, qint64 time) const;
    /// Where a task's files are. Of a path that would be too long, the first part and a hash of the other values are kept.
    QByteArray folder(const QByteArrayList &arguments) const;

    /// The name of a folder for a value. A backslash and a letter replace what cannot stand in a name: `_` for a slash, `t` for a tab,
    /// `e` for an empty value; a backslash is doubled, and put before `.` and `..`. A value that is too long becomes its first part and a
    /// hash of the whole.
    static QByteArray folderName(const QByteArray &value);

private:
    std::vector<qsizetype> order(qsizetype columns) const;

    QByteArray m_path;
    QByteArrayList m_columnNames;
    qsizetype m_columns = 0; // of one input; 0 when all belong to one
};

} // namespace procession
