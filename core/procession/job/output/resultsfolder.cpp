// SPDX-License-Identifier: MIT
#include <procession/job/output/resultsfolder.h>

#include <procession/job/output/outputreader.h>
#include <procession/platform/io/bytefile.h>

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
constexpr qsizetype LongestPath = 2'000; // below the folder; the kernel takes 4095 bytes in all

void writeStream(const QByteArray &path, const CapturedStream &stream)
{
    WholeFile file(path);
    readStream(stream, [&file](QByteArrayView bytes) { file.write(bytes); });
    file.commit();
}

} // namespace

ResultsFolder::ResultsFolder(const QByteArray &path, const QByteArrayList &columnNames) : m_path(path), m_columnNames(columnNames)
{
}

ResultsFolder::ResultsFolder(const QByteArray &path, const InputTable &inputs)
    : m_path(path), m_columnNames(inputs.columnNames()), m_columns(inputs.columnsPerInput())
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
    const qsizetype columns = m_columns > 0 ? m_columns : arguments.size();
    const std::vector<qsizetype> order = this->order(columns);
    QByteArray path = m_path;
    for (qsizetype begin = 0; begin < arguments.size(); begin += columns) {
        for (const qsizetype column : order) {
            if (begin + column >= arguments.size()) // a row that is shorter than others
                continue;
            if (path.size() - m_path.size() > LongestPath)
                return path + "/\\#" + QCryptographicHash::hash(arguments.join('\0'), QCryptographicHash::Sha1).toHex();
            const QByteArray name = m_columnNames.value(column);
            path += '/' + (name.isEmpty() ? QByteArray::number(column + 1) : folderName(name));
            path += '/' + folderName(arguments.at(begin + column));
        }
    }
    return path;
}

/// The columns of an input as their folders lie in each other: named ones in the order of their names, so that the tree does not depend
/// on the order of the sources.
std::vector<qsizetype> ResultsFolder::order(qsizetype columns) const
{
    std::vector<qsizetype> order(static_cast<std::size_t>(columns));
    std::iota(order.begin(), order.end(), 0);
    if (std::any_of(m_columnNames.begin(), m_columnNames.end(), [](const QByteArray &name) { return !name.isEmpty(); }))
        std::stable_sort(order.begin(), order.end(),
            [this](qsizetype a, qsizetype b) { return m_columnNames.value(a) < m_columnNames.value(b); });
    return order;
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
