// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/inputs/inputtable.h>

#include <QtCore/QStringList>

#include <atomic>

namespace procession {

/// Where the inputs of a batch come from, as a person states it: one of several kinds, and what that kind needs to know.
///
/// A plain value. Members that its kind does not use are kept, so that switching kinds to and fro loses nothing.
struct InputSource
{
    enum class Kind : quint8 {
        Folder, ///< the files in `folder` that match `pattern`
        Files, ///< `files`, one by one
        Lines, ///< each line of the file `file`
        Table, ///< each record of the CSV file `file`, by columns
        Numbers, ///< `first`, `first + step`, … `last`
        Typed, ///< each line of `text`
    };

    Kind kind = Kind::Folder;
    QString folder = {};
    QString pattern = QStringLiteral("*");
    bool recursive = false;
    QStringList files = {};
    QString file = {};
    char separator = ',';
    bool header = true;
    qint64 first = 1;
    qint64 last = 10;
    qint64 step = 1;
    QString text = {};

    friend bool operator==(const InputSource &, const InputSource &) = default;
};

/// The rows of `source`. Reads files and walks folders: never to be called in the GUI thread.
///
/// \param cancelled  looked at now and then; when it becomes true what was read so far is returned
/// \throws InvalidInput, SystemError
InputList read(const InputSource &source, const std::atomic_bool &cancelled);

} // namespace procession
