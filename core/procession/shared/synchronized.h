// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/codec.h>
#include <procession/shared/data/anylock.h>
#include <procession/shared/data/shareddata.h>

#include <mutex>

namespace procession {

/// Something shared and the lock that guards it, which travel together: what Value and Array have in common.
template <typename Raw>
class Synchronized : public SynchronizedHandle
{
public:
    /// What is guarded. Have the lock while you use it. (Reference: get_obj)
    const Raw &object() const { return m_object; }
    /// What guards it. (Reference: get_lock)
    const AnyLock &lock() const { return m_lock; }
    /// As Lock::acquire().
    bool acquire(bool block = true, QDeadlineTimer deadline = QDeadlineTimer::Forever) const
    {
        return m_lock.acquire(block, deadline);
    }
    /// As Lock::release().
    void release() const { m_lock.release(); }

    bool isNull() const { return m_object.isNull(); }
    /// For people; it need not be unique.
    QString name() const { return m_object.name(); }
    void setName(const QString &name) const { m_object.setName(name); }

    friend bool operator==(const Synchronized &a, const Synchronized &b)
    {
        return a.m_object == b.m_object && a.m_lock == b.m_lock;
    }

protected:
    Synchronized(Raw object, AnyLock lock) : m_object(std::move(object)), m_lock(std::move(lock)) { }

    template <typename Function>
    auto guarded(Function function) const
    {
        const std::scoped_lock guard(m_lock);
        return function(m_object);
    }

private:
    Raw m_object;
    AnyLock m_lock;
};

namespace detail {

/// Of what is made of a raw object and a lock.
template <typename T, typename Raw>
struct SynchronizedCodec
{
    static void encode(Encoder &encoder, const T &value) { encoder << value.object() << value.lock(); }
    static T decode(Decoder &decoder)
    {
        auto object = decoder.read<Raw>();
        return T(std::move(object), decoder.read<AnyLock>());
    }
};

} // namespace detail

/// Given in the place of a lock: none.
enum class NoLock { WithoutLock };
inline constexpr NoLock WithoutLock = NoLock::WithoutLock;

} // namespace procession
