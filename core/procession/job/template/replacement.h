// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayList>
#include <QtCore/QByteArrayView>

#include <optional>

namespace procession {

/// A replacement string of a command template, such as {} or {2/.}: its meaning and its place.
///
/// \code
/// Replacement::match("{/.} -o x", {})->values({"a/b.png"}, 1, 1);      // {"b"}
/// \endcode
///
/// A plain value.
struct Replacement
{
    enum class Subject : quint8 { Input, TaskNumber, WorkerNumber };
    enum class Part : quint8 {
        Whole,
        WithoutExtension, ///< `{.}`
        FileName, ///< `{/}`
        Folder, ///< `{//}`
        BaseName, ///< `{/.}`
    };
    /// What surrounds it in the template, which decides how a value is quoted.
    enum class Place : quint8 {
        Bare,
        SingleQuotes,
        DoubleQuotes,
        Arithmetic,
        Command, ///< at the beginning of the template, where a value is not quoted: it is a command line, or the beginning of one
    };

    Subject subject = Subject::Input;
    Part part = Part::Whole;
    Place place = Place::Bare;
    bool apart = false; ///< its neighbour in the template would change the meaning of an unquoted value
    int column = 0; ///< from 1; from -1 for the last; 0 for all of them
    QByteArray source; ///< as it is written in the template

    /// The replacement string that `text` begins with, if it begins with one.
    static std::optional<Replacement> match(QByteArrayView text, const QByteArrayList &columnNames);

    /// Whether it stands for the whole input, of all columns.
    bool takesAll() const { return subject == Subject::Input && column == 0; }
    /// \throws InvalidInput "template.column" when rows of `columns` columns do not have its column
    void checkColumn(qsizetype columns) const;

    /// What it stands for: one value, or one for each column for `{}`, none for a column that the row does not have.
    /// \throws InvalidInput "template.nul" when a value has a NUL byte
    QByteArrayList values(const QByteArrayList &row, qint64 number, int worker) const;
};

/// A part of a template: a replacement, or text that stays as it is.
struct TemplatePiece
{
    QByteArray literal;
    std::optional<Replacement> replacement;
    int word
        = 0; ///< pieces of one word of a shell have the same number, from 1; 0 for what lies between words or is no whole one
};

} // namespace procession
