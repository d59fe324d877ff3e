// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

namespace procession {

// Files with names of arbitrary bytes, valid UTF-8 or not, and blocking input and output that is
// always complete.

/// Opens a file for reading. \throws SystemError naming it
Descriptor openForReading(const QByteArray &path);

/// Writes all of `bytes`, and blocks as long as that takes. Handles partial writes, interruptions
/// and descriptors that do not block.
/// \throws SystemError, with EPIPE if there is no reader any more (if SIGPIPE is ignored, see
/// ignoreBrokenPipes())
void writeAll(int fd, QByteArrayView bytes);

/// Creates the folder and its missing parents. \throws SystemError naming it
void makeFolder(const QByteArray &path);

/// A file that appears complete or not at all: it is written under a temporary name, and renamed by
/// commit().
///
/// \code
/// WholeFile file("results/1/stdout");
/// file.write("hello\n");
/// file.commit();
/// \endcode
class WholeFile
{
public:
    /// \throws SystemError naming the file
    explicit WholeFile(const QByteArray &path);
    /// Removes the file unless it was committed.
    ~WholeFile();
    WholeFile(const WholeFile &) = delete;
    WholeFile &operator=(const WholeFile &) = delete;

    /// \throws SystemError naming the file
    void write(QByteArrayView bytes);
    /// Renames the file to its final name, and replaces an existing one. \throws SystemError
    void commit();

private:
    QByteArray m_path;
    QByteArray m_temporary;
    Descriptor m_descriptor;
};

/// The path of this program's working folder; empty if it has been deleted or no path leads to it
/// here.
/// \throws SystemError
QByteArray currentDirectory();

} // namespace procession
