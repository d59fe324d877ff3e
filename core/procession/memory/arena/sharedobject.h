// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/holdings.h>
#include <procession/memory/objectid.h>
#include <procession/platform/base/processerror.h>

#include <QtCore/QString>

#include <memory>
#include <new>

namespace procession {

/// A handle that was taken out of a message: classes derived from SharedObject are constructed from
/// it.
struct ReceivedObject
{
    std::shared_ptr<const Holding> holding;
};

/// The kind of the objects that handles of type T refer to. It names T: a class derived from T,
/// which inherits it, is not mistaken for a T and sent without its additions.
template <typename T>
struct KindOf
{
    ObjectKind kind;

    constexpr operator ObjectKind() const { return kind; } // NOLINT(google-explicit-constructor): it is one
};

/// The base of all handles of shared objects: locks, events, queues, shared values, ….
///
/// \code
/// Lock lock;
/// lock.setName(QStringLiteral("database"));     // what a Monitor shows
/// Process process(&work, lock);                 // the child gets a handle of the same lock
/// \endcode
///
/// A handle is a value: copies refer to the same object, which exists as long as any process has a
/// handle of it or a message in flight carries one. It can be passed to processes and sent through
/// connections and queues, alone or in containers, within one program. A handle that was moved from
/// is null.
///
/// A class T derived from it has a `static constexpr KindOf<T> Kind` and a public constructor that
/// takes a ReceivedObject; then it can be sent (sharedobjectcodec.h).
class SharedObject
{
public:
    bool isNull() const { return !m_holding; }
    /// Identifies the object; the same in all processes of the program.
    ObjectId id() const { return m_holding ? m_holding->object() : ObjectId(); }
    /// The reference that keeps the object alive in this process; messages share it for the handles
    /// they carry. Null for a null handle.
    const std::shared_ptr<const Holding> &holding() const { return m_holding; }

    /// For people; it need not be unique.
    QString name() const { return QString::fromUtf8(record().name.get()); }
    /// \param name  shortened to the characters that fit into 64 bytes of UTF-8
    void setName(const QString &name) const { record().name.set(name.toUtf8()); }

    /// Number of threads, of all processes, that wait for the object now.
    int waiters() const;

    friend bool operator==(const SharedObject &a, const SharedObject &b) { return a.id() == b.id(); }

protected:
    SharedObject() = default;
    /// Creates an object.
    /// \throws SharedMemoryError, SystemError if there is no shared memory for it
    explicit SharedObject(ObjectKind kind);
    explicit SharedObject(ReceivedObject received) : m_holding(std::move(received.holding)) { }

    /// \throws ProcessError for a null handle
    ObjectRecord &record() const
    {
        if (!m_holding)
            failNull();
        return m_holding->record();
    }
    ObjectKind kind() const { return static_cast<ObjectKind>(record().kind.load(std::memory_order_relaxed)); }
    /// The state of this kind of object, in shared memory; zeros at creation.
    template <typename Payload>
    Payload &payload() const
    {
        static_assert(sizeof(Payload) <= ObjectRecord::PayloadSize && std::is_trivially_destructible_v<Payload>);
        return *std::launder(reinterpret_cast<Payload *>(record().payload.data()));
    }

private:
    [[noreturn]] static void failNull();

    std::shared_ptr<const Holding> m_holding;
};

} // namespace procession
