// SPDX-License-Identifier: MIT
// A library of tasks: checksums of files and thumbnails of images.
//   procession run --function imagetasks:checksum ::: *.png
//   procession run --function imagetasks:thumbnail ::: *.png ::: thumbnails ::: 128
#include <procession/registertask.h>
#include <procession/taskprogress.h>

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtGui/QImageReader>
#include <QtGui/QImageWriter>

#include <stdexcept>

using namespace procession;

namespace {

constexpr qint64 PieceSize = 1 << 20;

std::runtime_error failure(const char *what, const QString &file, const QString &reason)
{
    return std::runtime_error(QStringLiteral("%1 %2: %3").arg(QString::fromLatin1(what), file, reason).toStdString());
}

/// As sha256sum prints it.
QByteArray checksum(const QByteArray &path)
{
    QFile file(QFile::decodeName(path));
    if (!file.open(QIODevice::ReadOnly))
        throw failure("cannot read", file.fileName(), file.errorString());
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (qint64 done = 0; !file.atEnd(); reportProgress(done, file.size())) {
        const QByteArray piece = file.read(PieceSize);
        if (piece.isEmpty())
            throw failure("cannot read", file.fileName(), file.errorString());
        hash.addData(piece);
        done += piece.size();
    }
    return hash.result().toHex() + "  " + path;
}

/// Writes a PNG of an image that fits into a square of `size` pixels, and returns its path.
/// \param folder  is made if it is not there
QString thumbnail(const QString &path, const QString &folder, int size)
{
    if (size < 1)
        throw std::invalid_argument("a thumbnail cannot be " + std::to_string(size) + " pixels large: give at least 1");
    QImageReader reader(path);
    reader.setAutoTransform(true);
    const QImage image = reader.read();
    if (image.isNull())
        throw failure("cannot read", path, reader.errorString());
    if (!QDir().mkpath(folder))
        throw failure("cannot make the folder", folder, QStringLiteral("the system refuses it"));
    const QString name = QDir(folder).filePath(QFileInfo(path).completeBaseName() + QStringLiteral(".png"));
    QImageWriter writer(name, "png");
    if (!writer.write(image.scaled(size, size, Qt::KeepAspectRatio, Qt::SmoothTransformation)))
        throw failure("cannot write", name, writer.errorString());
    return name;
}

} // namespace

PROCESSION_REGISTER_TASK("checksum", &checksum)
PROCESSION_REGISTER_TASK("thumbnail", &thumbnail)
