// SPDX-License-Identifier: MIT
#include <procession/job/output/outputreader.h>

#include <procession/platform/io/bytefile.h>

#include <QtCore/QFile>

#include <algorithm>
#include <utility>

namespace procession {

void readStream(const CapturedStream &stream, const std::function<void(QByteArrayView)> &take, qint64 from)
{
    const auto takeRest = [&](QByteArrayView bytes) {
        const qsizetype skipped
            = std::min<qsizetype>(std::exchange(from, std::max<qint64>(from - bytes.size(), 0)), bytes.size());
        if (skipped < bytes.size())
            take(bytes.sliced(skipped));
    };
    if (!stream.isInFile()) {
        takeRest(stream.bytes);
        return;
    }
    constexpr std::size_t PieceSize = std::size_t(256) * 1024;
    const Descriptor file = openForReading(QFile::encodeName(stream.file));
    std::vector<char> piece(PieceSize);
    while (const std::size_t size = file.read(piece).value_or(0))
        takeRest(QByteArrayView(piece.data(), static_cast<qsizetype>(size)));
}

} // namespace procession
