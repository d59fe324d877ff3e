// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

namespace procession {

// Files whose names are bytes as they are, valid UTF-8 or not, and blocking input and output that is complete.

/// Opens a file for reading. \throws SystemError naming it
Descriptor openForReading(const QByteArray &path);

/// Writes all of `bytes`, waiting as long as it takes; partial writes, interruptions and descriptors that do not block are dealt with.
/// \throws SystemError, with EPIPE when nobody reads any more (if SIGPIPE is ignored, see ignoreBrokenPipes())
void writeAll(int fd, QByteArrayView bytes);

/// Creates the folder with all that are above it, if missing. \throws SystemError naming it
void makeFolder(const QByteArray &path);

/// A file that is there complete or not at all: written under a name of its own, and renamed when it is whole.
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
    /// Removes what was not committed.
    ~WholeFile();
    WholeFile(const WholeFile &) = delete;
    WholeFile &operator=(const WholeFile &) = delete;

    /// \throws SystemError naming the file
    void write(QByteArrayView bytes);
    /// Gives the file its name, in place of one that has it already. \throws SystemError
    void commit();

private:
    QByteArray m_path;
    QByteArray m_temporary;
    Descriptor m_descriptor;
};

/// The path of this program's working folder; empty when it has been deleted or has no path here. \throws SystemError
QByteArray currentDirectory();

} // namespace procession
