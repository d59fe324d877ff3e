// SPDX-License-Identifier: MIT
#include <procession/job/template/replacement.h>

#include <procession/platform/base/invalidinput.h>

#include <array>
#include <cstring>
#include <limits>
#include <utility>

namespace procession {

namespace {

using Part = Replacement::Part;
using Subject = Replacement::Subject;

/// Longest first, so that "//" is not taken for "/".
constexpr std::array<std::pair<const char *, Part>, 5> Suffixes{
    {{"/.", Part::BaseName}, {"//", Part::Folder}, {"/", Part::FileName}, {".", Part::WithoutExtension}, {"", Part::Whole}}};

/// The column that `word` names: all of them when it is empty.
std::optional<int> columnOf(const QByteArray &word, const QByteArrayList &names)
{
    if (word.isEmpty())
        return 0;
    const QByteArray digits = word.startsWith('-') ? word.mid(1) : word;
    const bool isNumber = !digits.isEmpty() && !digits.startsWith('0')
        && digits.size() == qsizetype(std::strspn(digits.constData(), "0123456789"));
    if (isNumber) {
        bool fits = false;
        const int number = word.toInt(&fits);
        return fits ? number : std::numeric_limits<int>::max();
    }
    const qsizetype named = names.indexOf(word);
    return named < 0 ? std::nullopt : std::optional(static_cast<int>(named) + 1);
}

QByteArray fileNameOf(const QByteArray &path) { return path.mid(path.lastIndexOf('/') + 1); }

QByteArray withoutExtension(const QByteArray &path)
{
    const qsizetype dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/') ? path.left(dot) : path;
}

QByteArray withoutTrailingSlashes(QByteArray path)
{
    while (path.size() > 1 && path.endsWith('/'))
        path.chop(1);
    return path;
}

/// As dirname: slashes at the end do not count, and there is always a folder.
QByteArray folderOf(const QByteArray &path)
{
    const QByteArray name = withoutTrailingSlashes(path);
    const qsizetype slash = name.lastIndexOf('/');
    return slash < 0 ? QByteArray(".") : withoutTrailingSlashes(name.left(slash + 1));
}

QByteArray partOf(const QByteArray &value, Part part)
{
    switch (part) {
    case Part::Whole:
        break;
    case Part::WithoutExtension:
        return withoutExtension(value);
    case Part::FileName:
        return fileNameOf(value);
    case Part::Folder:
        return folderOf(value);
    case Part::BaseName:
        return withoutExtension(fileNameOf(value));
    }
    return value;
}

} // namespace

std::optional<Replacement> Replacement::match(QByteArrayView text, const QByteArrayList &columnNames)
{
    const qsizetype end = text.startsWith('{') ? text.indexOf('}') : -1;
    if (end < 0)
        return std::nullopt;
    Replacement result;
    result.source = text.first(end + 1).toByteArray();
    const QByteArray inside = result.source.mid(1, end - 1);
    if (inside == "#" || inside == "%") {
        result.subject = inside == "#" ? Subject::TaskNumber : Subject::WorkerNumber;
        return result;
    }
    // A column's name may itself end in what looks like a suffix, so the whole is tried first.
    if (const auto whole = columnOf(inside, columnNames)) {
        result.column = *whole;
        return result;
    }
    for (const auto &[suffix, part] : Suffixes) {
        if (!inside.endsWith(suffix))
            continue;
        const auto column = columnOf(inside.left(inside.size() - qsizetype(std::strlen(suffix))), columnNames);
        if (!column)
            continue;
        result.column = *column;
        result.part = part;
        return result;
    }
    return std::nullopt;
}

void Replacement::checkColumn(qsizetype columns) const
{
    if (column <= columns && -column <= columns)
        return;
    const QByteArray count = QByteArray::number(columns);
    throw InvalidInput("template.column", source, count,
        source + " names a column that the inputs do not have: the number of their columns is " + count);
}

QByteArrayList Replacement::values(const QByteArrayList &row, qint64 number, int worker) const
{
    if (subject != Subject::Input)
        return {QByteArray::number(subject == Subject::TaskNumber ? number : worker)};
    QByteArrayList selected = row;
    if (column != 0)
        selected = row.mid(column > 0 ? column - 1 : row.size() + column, 1);
    for (QByteArray &value : selected) {
        if (value.contains('\0'))
            throw InvalidInput("template.nul", value, {},
                "an input has a NUL byte, which no argument of a command can have: split the inputs at NUL bytes (-0)");
        value = partOf(value, part);
    }
    return selected;
}

} // namespace procession
