// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

namespace procession {

/// The location of a function or constant object of this program, in a form that is valid in every
/// process that runs the same build: the build-id of its module (the executable or a shared
/// library), the path of the module's file, and the offset in it.
///
/// \code
/// const CodeAddress address = CodeAddress::of(reinterpret_cast<const void *>(&work));
/// auto *sameWork = reinterpret_cast<void (*)()>(address.resolve());       // in another process
/// \endcode
///
/// The build-id makes it safe: a file that was replaced in the meantime, or another build, is
/// refused and never run at the wrong place. A plain value; from any thread.
struct CodeAddress
{
    QByteArray buildId; ///< as the linker wrote it, 8 to 64 bytes
    QByteArray module; ///< path of the library; empty for the executable
    quint64 offset = 0; ///< relative to the load address of the module

    /// \throws ProcessError when `pointer` is in no module, or in one without a build-id
    static CodeAddress of(const void *pointer);

    /// The pointer in this process. Loads the library if necessary, and never unloads it.
    /// \throws ProcessError if the module is missing, has another build-id, or ends before the
    /// offset
    void *resolve() const;

    friend bool operator==(const CodeAddress &, const CodeAddress &) = default;
};

} // namespace procession
