// SPDX-License-Identifier: MIT
#include <procession/memory/arena/sharedobject.h>

#include <procession/memory/arena/arena.h>
#include <procession/memory/arena/objects.h>

namespace procession {

SharedObject::SharedObject(ObjectKind kind) : m_holding(std::make_shared<Holding>(makeObject(kind))) { }

int SharedObject::waiters() const
{
    record(); // throws for a null handle, whose id 0 means that a thread waits for nothing
    const auto threads = Arena::get().map().threads();
    const quint64 object = id().packed();
    int waiters = 0;
    for (quint32 i = 0; i < threads.used(); ++i) {
        const ThreadRecord &thread = threads[i];
        const bool waits = thread.process.load(std::memory_order_acquire) != 0 && thread.waitingFor.load() == object;
        waiters += waits && !thread.life.hasEnded() ? 1 : 0;
    }
    return waiters;
}

void SharedObject::failNull() { throw ProcessError("this handle refers to nothing: it was moved from, or is null"); }

} // namespace procession
