// SPDX-License-Identifier: MIT
#include <procession/snapshot.h>

#include <algorithm>

namespace procession {

namespace {

template <typename Items, typename Predicate>
auto found(const Items &items, Predicate predicate)
{
    const auto item = std::find_if(items.begin(), items.end(), predicate);
    return item == items.end() ? nullptr : &*item;
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
    return found(processes, [index](const MonitoredProcess &process) { return process.index == index; });
}

const MonitoredThread *Snapshot::thread(ThreadWord word) const
{
    return found(threads, [word](const MonitoredThread &thread) { return thread.word == word; });
}

const MonitoredObject *Snapshot::object(ObjectId id) const
{
    return found(objects, [id](const MonitoredObject &object) { return object.id == id; });
}

bool Snapshot::hasEnded() const
{
    return std::all_of(processes.begin(), processes.end(),
        [](const MonitoredProcess &process) { return process.isThread || process.state == MonitoredProcess::State::Ended; });
}

} // namespace procession
