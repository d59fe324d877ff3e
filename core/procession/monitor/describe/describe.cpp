// SPDX-License-Identifier: MIT
#include <procession/monitor/describe/describe.h>

#include <procession/memory/objectid.h>

#include <algorithm>
#include <array>
#include <limits>

namespace procession {

namespace {

using Describe = ObjectDetails (*)(const DescribedObject &object);

constexpr std::size_t KindCount = static_cast<std::size_t>(LastObjectKind) + 1;

template <auto Function>
ObjectDetails asDetails(const DescribedObject &object)
{
    return Function(object);
}

ObjectDetails describeNothing(const DescribedObject &) { return {}; }

constexpr std::array<Describe, KindCount> describers()
{
    std::array<Describe, KindCount> table{};
    table.fill(describeNothing);
    const auto set = [&table](ObjectKind kind, Describe describe) { table[static_cast<std::size_t>(kind)] = describe; };
    set(ObjectKind::Lock, asDetails<describeLock>);
    set(ObjectKind::RLock, asDetails<describeLock>);
    set(ObjectKind::Queue, asDetails<describeQueue>);
    set(ObjectKind::SimpleQueue, asDetails<describeQueue>);
    set(ObjectKind::JoinableQueue, asDetails<describeQueue>);
    set(ObjectKind::Semaphore, asDetails<describeSemaphore>);
    set(ObjectKind::BoundedSemaphore, asDetails<describeSemaphore>);
    set(ObjectKind::Condition, asDetails<describeCondition>);
    set(ObjectKind::Event, asDetails<describeEvent>);
    set(ObjectKind::Barrier, asDetails<describeBarrier>);
    set(ObjectKind::Value, asDetails<describeSharedData>);
    set(ObjectKind::Array, asDetails<describeSharedData>);
    set(ObjectKind::SharedMemory, asDetails<describeSharedData>);
    set(ObjectKind::ShareableList, asDetails<describeShareableList>);
    set(ObjectKind::Pool, asDetails<describePool>);
    set(ObjectKind::PoolWorker, asDetails<describePoolWorker>);
    return table;
}

constexpr std::array<Describe, KindCount> Describers = describers();

} // namespace

ObjectDetails describeObject(const DescribedObject &object)
{
    const quint32 kind = object.record.kind.load(std::memory_order_relaxed);
    return kind < KindCount ? Describers[kind](object) : ObjectDetails();
}

int asCount(quint64 number) { return static_cast<int>(std::min<quint64>(number, std::numeric_limits<int>::max())); }

} // namespace procession
