// SPDX-License-Identifier: MIT
#pragma once

#include <procession/monitor/arenareader.h>
#include <procession/monitor/snapshot.h>

#include <unordered_map>

namespace procession {

struct Surroundings;

/// Makes one Snapshot of what an ArenaReader reads; without deadlocks and loads, which need two looks.
class SnapshotTaker
{
public:
    explicit SnapshotTaker(const ArenaReader &reader) : m_reader(&reader) { }

    Snapshot take();

private:
    static constexpr std::size_t MostSegmentBytes = 16 << 20; // to read for one snapshot

    /// What a word that names a thread can lead to, even when that thread has ended.
    struct KnownThread
    {
        quint32 place; ///< the index of its process plus 1; 0 when its record is free
        qint64 tid;
        bool hasEnded;
    };
    struct KnownProcess
    {
        qint64 pid;
        QString name;
        qint64 created;
        quint32 generation;
        bool isFree;
        bool hasEnded;
    };

    struct Waiters
    {
        std::vector<ThreadWord> threads;
        std::vector<quint64> tickets;
    };

    void takeProcesses();
    void takeThreads();
    void takeSegments();
    void takeObjects();
    MonitoredObject objectOf(quint32 index, const ObjectRecord &record, const Surroundings &surroundings) const;
    Surroundings surroundings();
    void nameWorkers();
    bool mayRead(std::size_t bytes);
    LockOwner ownerOf(ThreadWord word) const;
    UnitsOwner unitsOwnerOf(quint32 place, quint32 generation) const;
    const KnownProcess *knownProcessOf(const KnownThread &thread) const;

    const ArenaReader *m_reader;
    Snapshot m_snapshot;
    std::size_t m_segmentBytes = 0; ///< of which mayRead() has allowed so far
    std::unordered_map<quint32, KnownProcess> m_processes;
    std::unordered_map<qint64, quint32> m_cleanedUp; ///< free records that still name their last process, by its number
    std::unordered_map<ThreadWord, KnownThread> m_threads;
    std::unordered_map<quint64, quint64> m_memory; ///< bytes of segments by ObjectId::packed() of their owner
    std::unordered_map<quint64, Waiters> m_waiters; ///< by ObjectId::packed()
};

} // namespace procession
