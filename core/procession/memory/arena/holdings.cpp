// SPDX-License-Identifier: MIT
#include <procession/memory/arena/holdings.h>

#include <procession/memory/arena/arena.h>
#include <procession/memory/arena/objects.h>
#include <procession/memory/arena/processslot.h>

#include <mutex>
#include <unordered_map>

namespace procession {

namespace {

/// Number of references of this process to each object, by the object's index.
struct Holdings
{
    std::mutex mutex;
    std::unordered_map<quint32, int> counts;
};

Holdings &holdings()
{
    static auto *all = new Holdings; // never deleted: handles in static variables outlive everything
    return *all;
}

void hold(ObjectRecord &record, quint32 process) { record.holders[process / 64].fetch_or(quint64(1) << process % 64); }

} // namespace

Holding::Holding(ObjectId object) : m_object(object), m_record(&Arena::get().map().objects()[object.index])
{
    const quint32 process = ownProcess(); // before the lock, which holdAllFor() takes in there
    const std::scoped_lock lock(holdings().mutex);
    if (++holdings().counts[object.index] == 1)
        hold(*m_record, process);
}

Holding::~Holding()
{
    const quint32 process = ownProcess();
    const std::scoped_lock lock(holdings().mutex);
    const auto count = holdings().counts.find(m_object.index);
    if (--count->second > 0)
        return;
    holdings().counts.erase(count);
    dropObject(m_object, process);
}

void holdFor(const Holding &holding, quint32 process) { hold(holding.record(), process); }

void holdAllFor(quint32 process)
{
    const std::scoped_lock lock(holdings().mutex);
    for (const auto &[index, count] : holdings().counts)
        hold(Arena::get().map().objects()[index], process);
}

void beginHoldingsFork() { holdings().mutex.lock(); }

void endHoldingsFork() { holdings().mutex.unlock(); }

} // namespace procession
