// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

namespace procession {

/// Where a function or a constant object of this program lies, in a form that holds in every process that runs the same build: the
/// build-id of its module (the executable or a shared library), where that module's file is, and the offset in it.
///
/// \code
/// const CodeAddress address = CodeAddress::of(reinterpret_cast<const void *>(&work));
/// auto *sameWork = reinterpret_cast<void (*)()>(address.resolve());       // in another process
/// \endcode
///
/// The build-id is what makes it safe: a file that was replaced meanwhile, or another build, is refused and never run at the wrong
/// place. A plain value; from any thread.
struct CodeAddress
{
    QByteArray buildId; ///< as the linker wrote it, 8 to 64 bytes
    QByteArray module; ///< path of the library; empty for the executable
    quint64 offset = 0; ///< from where the module is loaded

    /// \throws ProcessError when `pointer` is in no module, or in one without a build-id
    static CodeAddress of(const void *pointer);

    /// The pointer in this process. A library that is not loaded yet is loaded, for good.
    /// \throws ProcessError when the module is not there, has another build-id, or ends before the offset
    void *resolve() const;

    friend bool operator==(const CodeAddress &, const CodeAddress &) = default;
};

} // namespace procession
