// SPDX-License-Identifier: MIT
#include <procession/monitor/snapshottaker.h>

#include <procession/memory/arena/sleep.h>
#include <procession/memory/arena/threadslot.h>
#include <procession/monitor/describe/describe.h>
#include <procession/monitor/describe/functionnames.h>
#include <procession/platform/system/processstatus.h>

#include <QtCore/QDateTime>

#include <algorithm>
#include <bit>
#include <chrono>
#include <limits>
#include <map>

namespace procession {

namespace {

using State = MonitoredProcess::State;

/// The system's word counts: the record of a process that was killed says that it runs.
State stateOf(const ProcessRecord &record, const std::optional<ProcessStatus> &status)
{
    if (record.pid == 0)
        return State::Starting;
    const quint64 aliveAt = record.aliveAt;
    if (!status || status->state == ProcessStatus::State::Ended || (aliveAt != 0 && status->startTime > aliveAt))
        return State::Ended;
    if (status->state == ProcessStatus::State::Stopped)
        return State::Stopped;
    return record.state == ProcessRecord::Starting ? State::Starting : State::Running;
}

MonitoredProcess processOf(quint32 index, const ProcessRecord &record)
{
    const qint64 pid = record.pid;
    const std::optional<ProcessStatus> status = pid > 0 ? processStatus(pid) : std::nullopt;
    MonitoredProcess process;
    process.index = index;
    process.parent = record.parent;
    process.pid = pid;
    process.name = QString::fromUtf8(record.name.get());
    process.work = QString::fromUtf8(record.work.get());
    process.state = stateOf(record, status);
    process.isThread = record.isThread != 0;
    process.created = record.created;
    if (status && process.state != State::Ended && !process.isThread) {
        process.cpuTime = status->cpuTime;
        process.memory = status->memory;
    }
    return process;
}

MonitoredThread threadOf(ThreadWord word, quint32 process, const ThreadRecord &record)
{
    MonitoredThread thread;
    thread.word = word;
    thread.process = process;
    thread.tid = record.number;
    thread.waitingFor = ObjectId::unpacked(record.waitingFor);
    if (!thread.isWaiting())
        return thread;
    const qint64 now = Sleep::now();
    thread.waitingSince = record.waitingSince;
    thread.waitingTime = thread.waitingSince > 0 && thread.waitingSince < now ? (now - thread.waitingSince) / 1000 : 0;
    thread.waitsForever = record.waitsForever != 0;
    return thread;
}

std::vector<quint32> holdersOf(const ObjectRecord &record)
{
    std::vector<quint32> holders;
    for (std::size_t i = 0; i < record.holders.size(); ++i) {
        for (quint64 bits = record.holders[i]; bits != 0; bits &= bits - 1)
            holders.push_back(static_cast<quint32>(i * 64) + static_cast<quint32>(std::countr_zero(bits)));
    }
    return holders;
}

} // namespace

Snapshot SnapshotTaker::take()
{
    m_snapshot.takenAt = QDateTime::currentMSecsSinceEpoch() * 1000;
    m_snapshot.clock = Sleep::now();
    takeProcesses();
    takeThreads();
    takeSegments();
    takeObjects();
    nameWorkers();
    m_snapshot.memory.size = m_reader->file().size();
    m_snapshot.memory.reserved = m_reader->file().reserved();
    return std::move(m_snapshot);
}

void SnapshotTaker::takeProcesses()
{
    m_reader->forEachProcess([this](quint32 index, const ProcessRecord &record) {
        const bool isFree = record.state != ProcessRecord::Starting && record.state != ProcessRecord::Running;
        KnownProcess known{record.pid, QString::fromUtf8(record.name.get()), record.created, record.generation, isFree, isFree};
        if (isFree) {
            m_cleanedUp.emplace(record.pid, index);
        } else {
            m_snapshot.processes.push_back(processOf(index, record));
            known.hasEnded = m_snapshot.processes.back().state == State::Ended;
        }
        m_processes.emplace(index, std::move(known));
    });
    std::stable_partition(m_snapshot.processes.begin(), m_snapshot.processes.end(),
        [](const MonitoredProcess &process) { return process.isMain(); });
}

void SnapshotTaker::takeThreads()
{
    m_reader->forEachThread([this](quint32 index, const ThreadRecord &record) {
        const ThreadWord word = threadWordOf(index, record.generation);
        const quint32 place = record.process;
        const auto process = m_processes.find(place - 1);
        const bool hasEnded = place == 0 || record.life.hasEnded() || process == m_processes.end() || process->second.isFree;
        m_threads.emplace(word, KnownThread{place, record.number, hasEnded});
        if (hasEnded)
            return;
        m_snapshot.threads.push_back(threadOf(word, place - 1, record));
        if (const MonitoredThread &thread = m_snapshot.threads.back(); thread.isWaiting()) {
            Waiters &waiters = m_waiters[thread.waitingFor.packed()];
            waiters.threads.push_back(word);
            waiters.tickets.push_back(record.ticket);
        }
    });
}

void SnapshotTaker::takeSegments()
{
    m_reader->forEachSegment([this](quint32, const SegmentRecord &record) {
        if (const quint64 owner = record.owner)
            m_memory[owner] += std::min<quint64>(record.reserved, m_reader->file().size());
    });
}

void SnapshotTaker::takeObjects()
{
    Surroundings around = surroundings();
    FunctionNames functions(around);
    around.nameFunction = [&functions](ObjectId pool, quint32 number) { return functions.nameOf(pool, number); };
    m_reader->forEachObject([&](quint32 index, const ObjectRecord &record) {
        const quint32 kind = record.kind;
        if (kind == 0 || kind > static_cast<quint32>(LastObjectKind) || record.generation == 0)
            return;
        m_snapshot.objects.push_back(objectOf(index, record, around));
        ++m_snapshot.memory.objects[kind];
    });
}

/// Workers name their pool by id; this adds the pool's name.
void SnapshotTaker::nameWorkers()
{
    std::unordered_map<quint64, std::map<quint32, ObjectId>> workers;
    for (const MonitoredObject &object : m_snapshot.objects) {
        if (const auto *worker = std::get_if<PoolWorkerDetails>(&object.details))
            workers[worker->pool.packed()].emplace(worker->number, object.id);
    }
    for (MonitoredObject &object : m_snapshot.objects) {
        auto *pool = std::get_if<PoolDetails>(&object.details);
        const auto its = workers.find(object.id.packed());
        if (!pool || its == workers.end())
            continue;
        for (const auto &[number, worker] : its->second)
            pool->workers.push_back(worker);
    }
}

MonitoredObject SnapshotTaker::objectOf(quint32 index, const ObjectRecord &record, const Surroundings &surroundings) const
{
    MonitoredObject object;
    object.id = {index, record.generation};
    object.kind = static_cast<ObjectKind>(record.kind.load());
    object.name = QString::fromUtf8(record.name.get());
    object.created = record.created;
    const auto creator = m_processes.find(record.creator);
    if (creator != m_processes.end() && !creator->second.isFree && creator->second.created <= object.created)
        object.creator = creator->first;
    object.holders = holdersOf(record);
    const quint64 sent = record.sent;
    const quint64 received = record.received;
    object.underWay = sent > received ? sent - received : 0;
    if (const auto memory = m_memory.find(object.id.packed()); memory != m_memory.end())
        object.memory = memory->second;
    DescribedObject described{record, object.id, surroundings, {}};
    if (const auto waiters = m_waiters.find(object.id.packed()); waiters != m_waiters.end()) {
        object.waiters = waiters->second.threads;
        described.tickets = waiters->second.tickets;
    }
    object.details = describeObject(described);
    return object;
}

Surroundings SnapshotTaker::surroundings()
{
    return {
        [this](ThreadWord word) { return ownerOf(word); },
        [this](quint32 place, quint32 generation) { return unitsOwnerOf(place, generation); },
        [this](ObjectId id, ObjectRecord &record) { return m_reader->readObject(id, record); },
        [this](std::size_t bytes) { return mayRead(bytes); },
        [this](quint32 index, ObjectId owner, std::span<std::byte> bytes) { return m_reader->readSegment(index, owner, bytes); },
        {},
        m_processes.size(),
    };
}

/// A damaged arena may have as many objects as there is room for, all in the same memory.
bool SnapshotTaker::mayRead(std::size_t bytes)
{
    if (bytes > MostSegmentBytes - m_segmentBytes)
        return false;
    m_segmentBytes += bytes;
    return true;
}

UnitsOwner SnapshotTaker::unitsOwnerOf(quint32 place, quint32 generation) const
{
    UnitsOwner owner;
    const auto process = m_processes.find(place);
    const bool isKnown = process != m_processes.end() && process->second.generation == generation;
    owner.hasDied = !isKnown || process->second.hasEnded;
    if (isKnown) {
        owner.pid = process->second.pid;
        owner.process = process->second.name;
    }
    return owner;
}

LockOwner SnapshotTaker::ownerOf(ThreadWord word) const
{
    LockOwner owner;
    owner.thread = word;
    if (word == 0)
        return owner;
    const auto thread = m_threads.find(word);
    owner.hasDied = thread == m_threads.end() || thread->second.hasEnded;
    if (thread == m_threads.end())
        return owner;
    owner.tid = thread->second.tid;
    if (const KnownProcess *process = knownProcessOf(thread->second)) {
        owner.pid = process->pid;
        owner.process = process->name;
    }
    return owner;
}

const SnapshotTaker::KnownProcess *SnapshotTaker::knownProcessOf(const KnownThread &thread) const
{
    quint32 index = thread.place - 1;
    if (thread.place == 0) {
        // Its resources were cleaned up. Its process's record still names it until another process gets the record.
        const auto cleanedUp = m_cleanedUp.find(thread.tid);
        if (cleanedUp == m_cleanedUp.end())
            return nullptr;
        index = cleanedUp->second;
    }
    const auto process = m_processes.find(index);
    return process == m_processes.end() ? nullptr : &process->second;
}

} // namespace procession
