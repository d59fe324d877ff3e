// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/holdings.h>
#include <procession/memory/objectid.h>
#include <procession/platform/base/processerror.h>

#include <QtCore/QString>

#include <memory>
#include <new>

namespace procession {

/// A handle on its way out of a message, from which a class derived from SharedObject makes itself.
struct ReceivedObject
{
    std::shared_ptr<const Holding> holding;
};

/// The kind of the objects that a handle of type T refers to. It names T, so that a class derived from T, which inherits it, is not taken
/// for a T and sent without what it adds.
template <typename T>
struct KindOf
{
    ObjectKind kind;

    constexpr operator ObjectKind() const { return kind; } // NOLINT(google-explicit-constructor): it is one
};

/// What all handles of shared objects have in common: locks, events, queues, shared values, ….
///
/// \code
/// Lock lock;
/// lock.setName(QStringLiteral("database"));     // what a Monitor shows
/// Process process(&work, lock);                 // the child gets a handle of the same lock
/// \endcode
///
/// A handle is a value: copies refer to the same object, which lasts as long as any process has a handle of it or one is under way in a
/// message. It can be passed to processes and sent through connections and queues, alone or in containers, within one program.
/// A handle that was moved from is null.
///
/// A class T derived from it has a `static constexpr KindOf<T> Kind` and a public constructor that takes a ReceivedObject; then it can be
/// sent (sharedobjectcodec.h).
class SharedObject
{
public:
    bool isNull() const { return !m_holding; }
    /// Tells objects apart. The same in all processes of the program.
    ObjectId id() const { return m_holding ? m_holding->object() : ObjectId(); }
    /// What keeps the object in this process: for messages, which keep what they hold handles of. Null for a null handle.
    const std::shared_ptr<const Holding> &holding() const { return m_holding; }

    /// For people; it need not be unique.
    QString name() const { return QString::fromUtf8(record().name.get()); }
    /// \param name  of which as many characters are kept as fit into 64 bytes of UTF-8
    void setName(const QString &name) const { record().name.set(name.toUtf8()); }

    /// How many threads, of all processes, wait for it at this moment.
    int waiters() const;

    friend bool operator==(const SharedObject &a, const SharedObject &b) { return a.id() == b.id(); }

protected:
    SharedObject() = default;
    /// Makes an object.
    /// \throws SharedMemoryError, SystemError when there is no shared memory for it
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
    /// What this kind of object is made of, in shared memory. Zeros when it is made.
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
