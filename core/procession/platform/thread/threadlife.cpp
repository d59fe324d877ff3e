// SPDX-License-Identifier: MIT
#include <procession/platform/thread/threadlife.h>

#include <procession/platform/base/systemcall.h>

#include <limits>
#include <linux/futex.h>
#include <new>
#include <pthread.h>

namespace procession {

static_assert(sizeof(pthread_mutex_t) <= sizeof(ThreadLife) && alignof(pthread_mutex_t) <= alignof(ThreadLife));
// The C library keeps there, as the kernel demands of robust mutexes, the number of the thread that holds it.
static_assert(offsetof(pthread_mutex_t, __data.__lock) == 0);

namespace {

void check(const char *call, int error)
{
    if (error != 0)
        throw SystemError(call, "the life of a thread", error);
}

} // namespace

void ThreadLife::begin()
{
    auto *mutex = ::new (m_mutex.data()) pthread_mutex_t;
    pthread_mutexattr_t attributes;
    check("pthread_mutexattr_init", ::pthread_mutexattr_init(&attributes));
    check("pthread_mutexattr_setpshared", ::pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED));
    check("pthread_mutexattr_setrobust", ::pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST));
    check("pthread_mutex_init", ::pthread_mutex_init(mutex, &attributes));
    ::pthread_mutexattr_destroy(&attributes);
    check("pthread_mutex_lock", ::pthread_mutex_lock(mutex));
}

void ThreadLife::end()
{
    check("pthread_mutex_unlock", ::pthread_mutex_unlock(reinterpret_cast<pthread_mutex_t *>(m_mutex.data())));
    wakeFutex(word(), std::numeric_limits<int>::max());
}

bool ThreadLife::hasEnded() const
{
    const std::uint32_t value = word().load(std::memory_order_acquire);
    return (value & FUTEX_TID_MASK) == 0 || (value & FUTEX_OWNER_DIED) != 0;
}

FutexExpectation ThreadLife::expectation() const
{
    // The kernel wakes waiters only if the word says that there are any.
    std::uint32_t value = word().load(std::memory_order_acquire);
    while ((value & FUTEX_TID_MASK) != 0 && (value & (FUTEX_OWNER_DIED | FUTEX_WAITERS)) == 0
        && !word().compare_exchange_weak(value, value | FUTEX_WAITERS, std::memory_order_acq_rel)) { }
    if ((value & FUTEX_TID_MASK) != 0 && (value & FUTEX_OWNER_DIED) == 0)
        value |= FUTEX_WAITERS;
    return {&word(), value};
}

FutexWord &ThreadLife::word() const { return *reinterpret_cast<FutexWord *>(m_mutex.data()); }

} // namespace procession
