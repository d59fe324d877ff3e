// SPDX-License-Identifier: MIT
#include <procession/job/output/outputcapture.h>

#include <procession/platform/io/privatefile.h>

#include <QtCore/QDir>
#include <QtCore/QFileInfo>

namespace procession {

namespace {

/// With the one above it, for this user alone.
bool makeFolderOf(const QString &file)
{
    constexpr QFile::Permissions OwnFolder = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    const QString folder = QFileInfo(file).path();
    QDir().mkdir(QFileInfo(folder).path(), OwnFolder);
    return QDir().mkdir(folder, OwnFolder);
}

} // namespace

OutputCapture::OutputCapture(qsizetype memory, const SpoolFile &file, SpoolSpace *space)
    : m_memory(memory), m_place(file), m_space(space)
{
}

void OutputCapture::append(const char *bytes, qsizetype count)
{
    if (m_stream.error == TooMuch)
        return;
    m_stream.size += count;
    if (!m_file && !m_stream.error && m_stream.bytes.size() + count > m_memory)
        spill();
    if (m_file)
        writeToFile(bytes, count);
    // Also beside a file: a quick look needs no disk.
    const qsizetype room = m_memory - m_stream.bytes.size();
    if (room > 0)
        m_stream.bytes.append(bytes, std::min(room, count));
    if (m_file && m_stream.error && m_inFile < m_stream.bytes.size())
        giveUpFile();
}

CapturedStream OutputCapture::take()
{
    m_file.reset();
    return std::exchange(m_stream, {});
}

void OutputCapture::spill()
{
    const QString path = m_place.path();
    m_file = std::make_unique<QFile>(path);
    int error = openPrivateFile(*m_file);
    if (error == ENOENT && makeFolderOf(path)) // most batches need none
        error = openPrivateFile(*m_file);
    if (error != 0) {
        m_stream.error = error;
        m_file.reset();
        return;
    }
    m_stream.file = path;
    writeToFile(m_stream.bytes.constData(), m_stream.bytes.size());
}

/// For what is in memory, which is more.
void OutputCapture::giveUpFile()
{
    m_file.reset();
    const QString path = std::exchange(m_stream.file, {});
    if (QFileInfo(path).isFile())
        QFile::remove(path);
}

void OutputCapture::writeToFile(const char *bytes, qsizetype count)
{
    if (m_stream.error)
        return;
    if (m_space && !m_space->hasRoom(count)) {
        m_stream.error = ENOSPC;
        return;
    }
    errno = 0;
    while (count > 0) {
        const qint64 written = m_file->write(bytes, count);
        if (written <= 0) {
            m_stream.error = errno ? errno : EIO;
            return;
        }
        m_inFile += written;
        bytes += written;
        count -= written;
    }
}

} // namespace procession
