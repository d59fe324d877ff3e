// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/exceptions/exceptioncodec.h>
#include <procession/shared/data/shareddata.h>
#include <procession/shared/data/valueerror.h>

#include <QtCore/QByteArray>

#include <span>

namespace procession {

/// Bytes that several processes share.
///
/// \code
/// SharedMemory image(1920 * 1080 * 4);
/// Process process(&draw, image);              // the child gets a handle of the same bytes
///
/// SharedMemory table(QStringLiteral("table"), 4096);
/// // in any process of this program, as long as some process has a handle:
/// SharedMemory same = SharedMemory::attach(QStringLiteral("table"));
/// \endcode
///
/// The bytes are zero at first, and exist as long as any process has a handle or a message in flight carries one: a child can return
/// large data without a copy. Handles replace the names of other libraries; an optional name is known within this program only.
///
/// A handle (see SharedObject). Any thread and process may use it; nothing guards the bytes. (shared_memory.SharedMemory of Python 3.8)
class SharedMemory : public SharedData
{
public:
    static constexpr KindOf<SharedMemory> Kind{ObjectKind::SharedMemory};
    static constexpr int LongestName = 64; ///< bytes of UTF-8

    /// \param size  bytes
    /// \throws ValueError when it is not positive; SharedMemoryError when there is no room for as many; SystemError
    explicit SharedMemory(qint64 size);
    /// The same with a name by which it is found, until unlink() or the last handle goes.
    /// \throws ValueError when the name is empty or too long; SharedMemoryExists when there is one of that name
    SharedMemory(const QString &name, qint64 size);
    explicit SharedMemory(ReceivedObject received);
    /// What has that name in this program. Does not block.
    /// \throws SharedMemoryNotFound
    static SharedMemory attach(const QString &name);

    std::size_t size() const { return elementCount(); }
    std::byte *data() const { return elements<std::byte>(); }
    /// All of it, where it lies. Good for as long as this handle or a copy of it.
    std::span<std::byte> span() const { return {data(), size()}; }
    /// As many whole elements as there is room for.
    template <Shareable T>
    std::span<T> spanOf() const
    {
        static_assert(alignof(T) <= 32, "the bytes may not be aligned as widely: use a RawArray");
        return {std::launder(reinterpret_cast<T *>(data())), size() / sizeof(T)};
    }
    /// A copy of the first bytes.
    /// \param length  at most; all when negative
    QByteArray bytes(qint64 length = -1) const;

    /// Lets go of this handle, which is null from then on; others, and the bytes, stay. (Python: close)
    void close();
    /// Takes the name away: it cannot be found any more, and the name can be given anew. Handles go on as before. (Python: unlink)
    /// \throws SharedMemoryNotFound when it has no name, or not any more
    void unlink() const;
    /// Names by which something is found cannot be changed.
    void setName(const QString &name) const = delete;
};

/// There is shared memory of that name already. (Python: FileExistsError)
class SharedMemoryExists : public SharedMemoryError
{
public:
    using SharedMemoryError::SharedMemoryError;
};
inline const KnownException<SharedMemoryExists> sharedMemoryExistsIsKnown{"procession::SharedMemoryExists"};

/// There is no shared memory of that name. (Python: FileNotFoundError)
class SharedMemoryNotFound : public SharedMemoryError
{
public:
    using SharedMemoryError::SharedMemoryError;
};
inline const KnownException<SharedMemoryNotFound> sharedMemoryNotFoundIsKnown{"procession::SharedMemoryNotFound"};

} // namespace procession
