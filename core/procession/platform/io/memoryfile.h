// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

#include <QtCore/qglobal.h>

#include <cstddef>
#include <span>

namespace procession {

/// Memory that several processes map: a file without a name, of which only the pages cost that are used.
///
/// \code
/// MemoryFile file = MemoryFile::create("procession-arena", quint64(1) << 30);
/// file.reserve(0, 4096); // these bytes are there now, whatever else uses up memory
/// \endcode
///
/// It goes with the last descriptor and mapping of it, so a program that is killed leaves nothing. Move-only; from any thread.
class MemoryFile
{
public:
    /// Makes a file of a fixed size, full of zeros, that nobody but this user can open.
    /// \param name  what /proc/PID/fd shows
    /// \param size  bytes
    /// \throws SystemError; EFBIG when `ulimit -f` forbids a file of that size (no SIGXFSZ is raised)
    static MemoryFile create(const char *name, quint64 size);
    /// A file that was made by another process.
    explicit MemoryFile(Descriptor descriptor) : m_descriptor(std::move(descriptor)) { }

    const Descriptor &descriptor() const { return m_descriptor; }
    /// In bytes. \throws SystemError
    quint64 size() const;

    /// Bytes that are set aside for it. \throws SystemError
    quint64 reserved() const;
    /// Copies bytes out of it. What was never set aside reads as zeros and stays so, which a look at a mapping would change.
    /// \returns how many: fewer than asked for at its end
    /// \throws SystemError
    std::size_t read(quint64 offset, std::span<std::byte> bytes) const;

    /// Whether both are descriptors of one file. \throws SystemError
    bool isSame(const MemoryFile &other) const;

    /// Has the system set memory aside for a range, so that touching it cannot fail (with SIGBUS) later. What is there stays.
    /// \throws SystemError (ENOSPC, ENOMEM)
    void reserve(quint64 offset, quint64 length) const;
    /// Gives the memory of a range back to the system: it reads as zeros from now on.
    /// \throws SystemError
    void release(quint64 offset, quint64 length) const;

private:
    Descriptor m_descriptor;
};

} // namespace procession
