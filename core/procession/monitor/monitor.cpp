// SPDX-License-Identifier: MIT
#include <procession/monitor/monitor.h>

#include <procession/memory/arena/arena.h>
#include <procession/monitor/arenafiles.h>
#include <procession/monitor/snapshottaker.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <thread>

namespace procession {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto SecondLook = 5ms; // later, at what may be a deadlock

Snapshot look(const MemoryFile &arena) { return SnapshotTaker(ArenaReader(arena)).take(); }

std::optional<MonitoredProgram> programWith(const FoundArena &found)
{
    const std::optional<MemoryFile> arena = openArena(found.file);
    if (!arena)
        return std::nullopt;
    const Snapshot snapshot = look(*arena);
    MonitoredProgram program;
    program.objects = static_cast<int>(snapshot.objects.size());
    for (const MonitoredProcess &process : snapshot.processes) {
        if (process.isThread || process.pid == 0 || process.state == MonitoredProcess::State::Ended)
            continue;
        if (program.pid == 0) {
            program.pid = process.pid;
            program.since = process.created;
        }
        ++program.processes;
    }
    if (program.pid == 0) // the process only watches it, or is about to end
        return std::nullopt;
    program.program = QString::fromUtf8(programOf(program.pid));
    return program;
}

/// What both looks show. Certain is what is so in both.
std::vector<Deadlock> inBoth(const std::vector<Deadlock> &first, std::vector<Deadlock> second)
{
    std::erase_if(second, [&first](Deadlock &deadlock) {
        const auto before
            = std::find_if(first.begin(), first.end(), [&deadlock](const Deadlock &other) { return other.isSame(deadlock); });
        if (before == first.end())
            return true;
        deadlock.isCertain = deadlock.isCertain && before->isCertain;
        return false;
    });
    return second;
}

} // namespace

class Monitor::Private
{
public:
    const MemoryFile *file();
    void noteLoads(Snapshot &snapshot);

    std::optional<MemoryFile> attached; ///< of another program
    Clock::time_point looked;
    std::map<std::pair<qint64, qint64>, qint64> cpuTimes; ///< of the look before, by number and beginning of the process
};

/// Null when this program has no arena yet.
const MemoryFile *Monitor::Private::file()
{
    if (attached)
        return &*attached;
    const Arena *own = Arena::existing();
    return own ? &own->file() : nullptr;
}

void Monitor::Private::noteLoads(Snapshot &snapshot)
{
    const auto now = Clock::now();
    const auto passed = std::chrono::duration<double, std::micro>(now - looked).count();
    std::map<std::pair<qint64, qint64>, qint64> times;
    for (MonitoredProcess &process : snapshot.processes) {
        if (process.isThread || process.state == MonitoredProcess::State::Ended)
            continue;
        const std::pair key(process.pid, process.created);
        if (const auto before = cpuTimes.find(key); before != cpuTimes.end() && passed > 0)
            process.cpuLoad = static_cast<double>(std::max<qint64>(0, process.cpuTime - before->second)) / passed;
        times.emplace(key, process.cpuTime);
    }
    looked = now;
    cpuTimes = std::move(times);
}

Monitor::Monitor() : d(std::make_unique<Private>()) { }

Monitor::Monitor(std::unique_ptr<Private> p) : d(std::move(p)) { }

Monitor::Monitor(Monitor &&other) noexcept = default;
Monitor &Monitor::operator=(Monitor &&other) noexcept = default;
Monitor::~Monitor() = default;

Monitor Monitor::attach(qint64 pid)
{
    auto attached = std::make_unique<Private>();
    attached->attached = arenaOf(pid);
    return Monitor(std::move(attached));
}

std::vector<MonitoredProgram> Monitor::programs()
{
    std::vector<MonitoredProgram> programs;
    for (const FoundArena &found : arenasOfUser()) {
        if (const auto program = programWith(found))
            programs.push_back(*program);
    }
    std::sort(programs.begin(), programs.end(), [](const auto &a, const auto &b) { return a.pid < b.pid; });
    return programs;
}

Snapshot Monitor::snapshot()
{
    const MemoryFile *arena = d->file();
    if (!arena)
        return {};
    Snapshot snapshot = look(*arena);
    if (const std::vector<Deadlock> possible = possibleDeadlocks(snapshot); !possible.empty()) {
        std::this_thread::sleep_for(SecondLook);
        snapshot = look(*arena);
        snapshot.deadlocks = inBoth(possible, possibleDeadlocks(snapshot));
    }
    d->noteLoads(snapshot);
    return snapshot;
}

} // namespace procession
