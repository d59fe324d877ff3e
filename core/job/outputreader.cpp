// SPDX-License-Identifier: MIT
#include <procession/outputreader.h>

#include <procession/bytefile.h>

#include <QtCore/QFile>

namespace procession {

void readStream(const CapturedStream &stream, const std::function<void(QByteArrayView)> &take)
{
    if (!stream.isInFile()) {
        if (!stream.bytes.isEmpty())
            take(stream.bytes);
        return;
    }
    constexpr std::size_t PieceSize = std::size_t(256) * 1024;
    const Descriptor file = openForReading(QFile::encodeName(stream.file));
    std::vector<char> piece(PieceSize);
    while (const std::size_t size = file.read(piece).value_or(0))
        take(QByteArrayView(piece.data(), static_cast<qsizetype>(size)));
}

} // namespace procession
