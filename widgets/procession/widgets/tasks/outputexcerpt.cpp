// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/tasks/outputexcerpt.h>

#include <procession/text/displaytext.h>

#include <QtCore/QFile>

namespace procession {

namespace {

constexpr qsizetype LongestLine = 2000; // characters

/// Laying out a line of a million characters takes seconds.
QString withShortLines(const QString &text)
{
    QString result;
    result.reserve(text.size());
    const QStringView view(text);
    for (qsizetype from = 0; from < view.size();) {
        const qsizetype end = view.indexOf(u'\n', from);
        const qsizetype lineLength = (end < 0 ? view.size() : end + 1) - from;
        const qsizetype length = std::min(lineLength, LongestLine);
        result += view.sliced(from, length);
        if (length < lineLength && view[from + length] != u'\n')
            result += u'\n';
        from += length;
    }
    return result;
}

/// The first and the last part of `size` bytes, from a reader that gives `length` bytes at `offset`.
template <typename Read>
void takeParts(OutputExcerpt &excerpt, qint64 size, const QString &omission, const Read &read)
{
    if (size <= 2 * OutputExcerpt::PartSize) {
        excerpt.text = withShortLines(displayLines(read(0, size)));
        return;
    }
    excerpt.omitted = size - 2 * OutputExcerpt::PartSize;
    excerpt.text = withShortLines(displayLines(read(0, OutputExcerpt::PartSize))) + u'\n'
        + omission.arg(sizeText(excerpt.omitted)) + u'\n'
        + withShortLines(displayLines(read(size - OutputExcerpt::PartSize, OutputExcerpt::PartSize)));
}

} // namespace

OutputExcerpt makeExcerpt(const CapturedStream &stream, const QString &omission)
{
    OutputExcerpt excerpt;
    excerpt.size = stream.size;
    excerpt.captureError = stream.error;
    const auto fromMemory = [&stream](qint64 offset, qint64 length) { return stream.bytes.mid(offset, length); };
    if (!stream.isInFile()) {
        takeParts(excerpt, stream.bytes.size(), omission, fromMemory);
        return excerpt;
    }
    QFile file(stream.file);
    if (!file.open(QIODevice::ReadOnly)) {
        excerpt.readError = file.errorString();
        takeParts(excerpt, stream.bytes.size(), omission, fromMemory);
        return excerpt;
    }
    takeParts(excerpt, file.size(), omission, [&](qint64 offset, qint64 length) {
        QByteArray bytes = file.seek(offset) ? file.read(length) : QByteArray();
        if (bytes.size() < length)
            excerpt.readError = file.errorString();
        return bytes;
    });
    return excerpt;
}

} // namespace procession
