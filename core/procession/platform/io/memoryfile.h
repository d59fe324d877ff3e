// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

#include <QtCore/qglobal.h>

#include <cstddef>
#include <span>

namespace procession {

/// Memory that several processes map: a file without a name, of which only the pages in use cost
/// memory.
///
/// \code
/// MemoryFile file = MemoryFile::create("procession-arena", quint64(1) << 30);
/// file.reserve(0, 4096); // these bytes are allocated now, whatever else uses memory
/// \endcode
///
/// It is freed with its last descriptor and mapping, so a killed program leaves nothing behind.
/// Move-only; from any thread.
class MemoryFile
{
public:
    /// Creates a file of a fixed size, filled with zeros, that only this user can open.
    /// \param name  shown in /proc/PID/fd
    /// \param size  bytes
    /// \throws SystemError; EFBIG if `ulimit -f` forbids a file of that size (no SIGXFSZ is raised)
    static MemoryFile create(const char *name, quint64 size);
    /// A file that another process created.
    explicit MemoryFile(Descriptor descriptor) : m_descriptor(std::move(descriptor)) { }

    const Descriptor &descriptor() const { return m_descriptor; }
    /// In bytes. \throws SystemError
    quint64 size() const;

    /// The number of bytes allocated for the file. \throws SystemError
    quint64 reserved() const;
    /// Copies bytes out of the file. Parts that were never allocated read as zeros and stay
    /// unallocated, whereas reading through a mapping would allocate them.
    /// \returns the number of bytes: fewer than requested at the end of the file
    /// \throws SystemError
    std::size_t read(quint64 offset, std::span<std::byte> bytes) const;

    /// Whether both are descriptors of one file. \throws SystemError
    bool isSame(const MemoryFile &other) const;

    /// Allocates memory for a range, so that touching it cannot fail (with SIGBUS) later. The
    /// contents stay.
    /// \throws SystemError (ENOSPC, ENOMEM)
    void reserve(quint64 offset, quint64 length) const;
    /// Returns the memory of a range to the system: it reads as zeros from now on.
    /// \throws SystemError
    void release(quint64 offset, quint64 length) const;

private:
    Descriptor m_descriptor;
};

} // namespace procession
