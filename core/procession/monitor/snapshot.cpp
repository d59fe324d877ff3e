// SPDX-License-Identifier: MIT
#include <procession/monitor/snapshot.h>

#include <algorithm>

namespace procession {

namespace {

/// In a list that is in the order of `key`.
template <typename Item, typename Key>
const Item *foundByKey(const std::vector<Item> &items, quint32 wanted, Key key)
{
    const auto item = std::lower_bound(
        items.begin(), items.end(), wanted, [key](const Item &each, quint32 value) { return key(each) < value; });
    return item != items.end() && key(*item) == wanted ? &*item : nullptr;
}

} // namespace

const char *nameOf(MonitoredProcess::State state)
{
    switch (state) {
    case MonitoredProcess::State::Starting:
        return "starting";
    case MonitoredProcess::State::Running:
        return "running";
    case MonitoredProcess::State::Stopped:
        return "stopped";
    case MonitoredProcess::State::Ended:
        return "ended";
    }
    return "";
}

const MonitoredProcess *Snapshot::process(quint32 index) const
{
    const auto process
        = std::find_if(processes.begin(), processes.end(), [index](const MonitoredProcess &each) { return each.index == index; });
    return process == processes.end() ? nullptr : &*process;
}

const MonitoredThread *Snapshot::thread(ThreadWord word) const
{
    const auto *thread
        = foundByKey(threads, threadPlaceOf(word), [](const MonitoredThread &each) { return threadPlaceOf(each.word); });
    return thread && thread->word == word ? thread : nullptr;
}

const MonitoredObject *Snapshot::object(ObjectId id) const
{
    const auto *object = foundByKey(objects, id.index, [](const MonitoredObject &each) { return each.id.index; });
    return object && object->id == id ? object : nullptr;
}

bool Snapshot::hasEnded() const
{
    return std::all_of(processes.begin(), processes.end(),
        [](const MonitoredProcess &process) { return process.isThread || process.state == MonitoredProcess::State::Ended; });
}

} // namespace procession
