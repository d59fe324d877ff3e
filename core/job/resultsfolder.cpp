// SPDX-License-Identifier: MIT
#include <procession/resultsfolder.h>

#include <procession/bytefile.h>
#include <procession/outputreader.h>

#include <QtCore/QCryptographicHash>
#include <QtCore/QDateTime>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <algorithm>
#include <numeric>

namespace procession {

namespace {

constexpr qsizetype LongestName = 255; // of every common file system
constexpr qsizetype HashDigits = 40;

void writeStream(const QByteArray &path, const CapturedStream &stream)
{
    WholeFile file(path);
    readStream(stream, [&file](QByteArrayView bytes) { file.write(bytes); });
    file.commit();
}

} // namespace

ResultsFolder::ResultsFolder(const QByteArray &path, const QByteArrayList &columnNames)
    : m_path(path),
      m_columnNames(columnNames),
      m_named(std::any_of(columnNames.begin(), columnNames.end(), [](const QByteArray &name) { return !name.isEmpty(); }))
{
}

void ResultsFolder::write(const QByteArrayList &arguments, TaskIndex task, const TaskOutput &output) const
{
    const QByteArray path = folder(arguments);
    makeFolder(path);
    WholeFile number(path + "/seq");
    number.write(QByteArray::number(task + 1));
    number.commit();
    writeStream(path + "/stderr", output.err);
    writeStream(path + "/stdout", output.out); // the last: see isWrittenSince()
}

bool ResultsFolder::isWrittenSince(const QByteArrayList &arguments, qint64 time) const
{
    const QFileInfo last(QFile::decodeName(folder(arguments) + "/stdout"));
    return last.exists() && last.lastModified().toMSecsSinceEpoch() >= time / 1000;
}

QByteArray ResultsFolder::folder(const QByteArrayList &arguments) const
{
    std::vector<qsizetype> order(static_cast<std::size_t>(arguments.size()));
    std::iota(order.begin(), order.end(), 0);
    // Named columns are in the order of their names, so that the tree does not depend on the order of the sources.
    if (m_named)
        std::stable_sort(order.begin(), order.end(),
            [this](qsizetype a, qsizetype b) { return m_columnNames.value(a) < m_columnNames.value(b); });
    QByteArray path = m_path;
    for (const qsizetype column : order) {
        const QByteArray name = m_columnNames.value(column);
        path += '/' + (name.isEmpty() ? QByteArray::number(column + 1) : folderName(name));
        path += '/' + folderName(arguments.at(column));
    }
    return path;
}

QByteArray ResultsFolder::folderName(const QByteArray &value)
{
    if (value.isEmpty())
        return "\\e";
    if (value == "." || value == "..")
        return '\\' + value;
    QByteArray name;
    for (const char c : value) {
        if (c == '/')
            name += "\\_";
        else if (c == '\\')
            name += "\\\\";
        else if (c == '\t')
            name += "\\t";
        else
            name += c;
    }
    if (name.size() <= LongestName)
        return name;
    return name.left(LongestName - HashDigits - 2) + "\\#" + QCryptographicHash::hash(value, QCryptographicHash::Sha1).toHex();
}

} // namespace procession
