// SPDX-License-Identifier: MIT
#include <procession/describe.h>

#include <procession/lockstate.h>

#include <array>
#include <limits>

namespace procession {

namespace {

using Describe = ObjectDetails (*)(const ObjectRecord &record, const ThreadNamer &nameThread);

/// Any word as a count.
int count(const std::atomic<quint32> &word)
{
    return static_cast<int>(std::min<quint32>(word.load(std::memory_order_relaxed), std::numeric_limits<int>::max()));
}

ObjectDetails describeNothing(const ObjectRecord &, const ThreadNamer &) { return {}; }

ObjectDetails describeLock(const ObjectRecord &record, const ThreadNamer &nameThread)
{
    const auto &state = payloadOf<LockState>(record);
    LockDetails details;
    details.owner = nameThread(state.lock.owner());
    details.depth = details.owner.thread != 0 ? count(state.depth) : 0;
    details.isAbandoned = state.isAbandoned.load(std::memory_order_relaxed) != 0;
    details.abandonments = count(state.abandonments);
    return details;
}

constexpr std::size_t KindCount = static_cast<std::size_t>(LastObjectKind) + 1;

constexpr std::array<Describe, KindCount> describers()
{
    std::array<Describe, KindCount> table{};
    table.fill(describeNothing);
    const auto set = [&table](ObjectKind kind, Describe describe) { table[static_cast<std::size_t>(kind)] = describe; };
    set(ObjectKind::Lock, describeLock);
    set(ObjectKind::RLock, describeLock);
    return table;
}

constexpr std::array<Describe, KindCount> Describers = describers();

} // namespace

ObjectDetails describeObject(const ObjectRecord &record, const ThreadNamer &nameThread)
{
    const quint32 kind = record.kind.load(std::memory_order_relaxed);
    return kind < KindCount ? Describers[kind](record, nameThread) : ObjectDetails();
}

} // namespace procession
