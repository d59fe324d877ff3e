// SPDX-License-Identifier: MIT
#include <procession/memory/objectid.h>

namespace procession {

const char *nameOf(ObjectKind kind)
{
    switch (kind) {
    case ObjectKind::Lock:
        return "Lock";
    case ObjectKind::RLock:
        return "RLock";
    case ObjectKind::Semaphore:
        return "Semaphore";
    case ObjectKind::BoundedSemaphore:
        return "BoundedSemaphore";
    case ObjectKind::Condition:
        return "Condition";
    case ObjectKind::Event:
        return "Event";
    case ObjectKind::Barrier:
        return "Barrier";
    case ObjectKind::Queue:
        return "Queue";
    case ObjectKind::SimpleQueue:
        return "SimpleQueue";
    case ObjectKind::JoinableQueue:
        return "JoinableQueue";
    case ObjectKind::Value:
        return "Value";
    case ObjectKind::Array:
        return "Array";
    case ObjectKind::SharedMemory:
        return "SharedMemory";
    case ObjectKind::ShareableList:
        return "ShareableList";
    case ObjectKind::Pool:
        return "Pool";
    case ObjectKind::PoolWorker:
        return "PoolWorker";
    case ObjectKind::Descriptors:
        return "Descriptors";
    }
    return "object of an unknown kind";
}

} // namespace procession
