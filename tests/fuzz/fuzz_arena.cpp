// SPDX-License-Identifier: MIT
#include "arenacopy.h"
#include "fuzz.h"

#include <procession/pool/shared/poolhandles.h>
#include <procession/queue/joinablequeue.h>
#include <procession/sync/rlock.h>

using namespace procession;

namespace {

/// This program's arena with some of each kind in it, to begin from.
ArenaCopy &arena()
{
    static const Lock lock;
    static const RLock recursive;
    static const JoinableQueue<int> queue(2);
    static const bool isHeld = lock.acquire(false) && recursive.acquire(false);
    expect(isHeld);
    static const PoolHandle pool;
    static const WorkerHandle worker(pool, 1);
    pool.functionName(1).text.set("render");
    pool.functionName(1).number = 1;
    worker.note(1, {.task = 1, .of = 20, .begin = 1, .end = 2, .function = 1, .calls = 1});
    worker.state().claim = quint64(2) << WorkerState::IdShift;
    static ArenaCopy copy;
    return copy;
}

} // namespace

/// Three bytes each: a place in an arena, and what is written there. Whatever an arena holds, a monitor reads it.
int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    ArenaCopy &copy = arena();
    copy.copy();
    for (std::size_t i = 0; i + 2 < size; i += 3)
        copy.byteAt(std::size_t(data[i]) << 8 | data[i + 1]) = std::byte(data[i + 2]);
    const std::optional<Snapshot> snapshot = copy.look();
    if (!snapshot)
        return 0;
    for (const MonitoredObject &object : snapshot->objects) {
        expect(object.kind >= ObjectKind::Lock && object.kind <= LastObjectKind);
        if (const auto *details = std::get_if<PoolWorkerDetails>(&object.details))
            expect(details->ended.size() <= WorkerMemory::MostEvents);
        expect(object.holders.size() <= ArenaMap::MostProcesses && object.waiters.size() <= snapshot->threads.size());
    }
    for (const Deadlock &deadlock : snapshot->deadlocks) {
        for (const Deadlock::Wait &wait : deadlock.waits)
            expect(snapshot->thread(wait.thread) && snapshot->object(wait.object));
    }
    return 0;
}
