// SPDX-License-Identifier: MIT
#include <procession/monitor/deadlock.h>

#include <procession/monitor/snapshot.h>

#include <algorithm>
#include <map>
#include <unordered_map>

namespace procession {

namespace {

/// The graph of waiting threads. A thread waits for one lock at a time, and a lock has one owner: at most one edge leaves each thread.
class WaitGraph
{
public:
    explicit WaitGraph(const Snapshot &snapshot)
    {
        for (const MonitoredObject &object : snapshot.objects) {
            if (std::holds_alternative<LockDetails>(object.details))
                m_locks.emplace(object.id.packed(), &object);
        }
        for (const MonitoredThread &thread : snapshot.threads)
            addWait(thread);
    }

    std::vector<Deadlock> cycles() const
    {
        std::vector<Deadlock> found;
        std::unordered_map<ThreadWord, ThreadWord> seenFrom; // the thread that a way which came by began with
        for (const auto &[start, edge] : m_edges) {
            ThreadWord at = start;
            while (m_edges.contains(at) && seenFrom.emplace(at, start).second)
                at = m_edges.at(at).owner;
            if (m_edges.contains(at) && seenFrom.at(at) == start)
                found.push_back(cycleOf(at));
        }
        return found;
    }

    std::vector<Deadlock> deadOwners() const
    {
        std::vector<Deadlock> found;
        for (const auto &[id, lock] : m_locks) {
            const bool hasDied = std::get<LockDetails>(lock->details).owner.hasDied;
            if (hasDied && !lock->waiters.empty())
                found.push_back(waitersOf(*lock));
        }
        return found;
    }

private:
    struct Edge
    {
        const MonitoredThread *thread;
        const MonitoredObject *lock;
        ThreadWord owner;
    };

    void addWait(const MonitoredThread &thread)
    {
        const auto lock = m_locks.find(thread.waitingFor.packed());
        if (lock == m_locks.end())
            return;
        m_waits.emplace(thread.word, &thread);
        const LockOwner &owner = std::get<LockDetails>(lock->second->details).owner;
        if (owner.thread != 0 && !owner.hasDied)
            m_edges.emplace(thread.word, Edge{&thread, lock->second, owner.thread});
    }

    static Deadlock::Wait waitOf(const MonitoredThread &thread) { return {thread.word, thread.waitingFor, thread.waitingSince}; }

    Deadlock cycleOf(ThreadWord member) const
    {
        Deadlock cycle;
        cycle.isCertain = true;
        ThreadWord at = member;
        do {
            const Edge &edge = m_edges.at(at);
            cycle.waits.push_back(waitOf(*edge.thread));
            cycle.isCertain = cycle.isCertain && edge.lock->kind == ObjectKind::RLock && edge.thread->waitsForever;
            at = edge.owner;
        } while (at != member);
        const auto first = std::min_element(
            cycle.waits.begin(), cycle.waits.end(), [](const auto &a, const auto &b) { return a.thread < b.thread; });
        std::rotate(cycle.waits.begin(), first, cycle.waits.end());
        return cycle;
    }

    Deadlock waitersOf(const MonitoredObject &lock) const
    {
        Deadlock deadlock;
        deadlock.kind = Deadlock::Kind::OwnerDied;
        for (const ThreadWord waiter : lock.waiters) {
            if (const auto thread = m_waits.find(waiter); thread != m_waits.end())
                deadlock.waits.push_back(waitOf(*thread->second));
        }
        return deadlock;
    }

    std::map<quint64, const MonitoredObject *> m_locks;
    std::unordered_map<ThreadWord, const MonitoredThread *> m_waits;
    std::map<ThreadWord, Edge> m_edges;
};

} // namespace

const char *nameOf(Deadlock::Kind kind) { return kind == Deadlock::Kind::Cycle ? "cycle" : "ownerDied"; }

std::vector<Deadlock> possibleDeadlocks(const Snapshot &snapshot)
{
    const WaitGraph graph(snapshot);
    std::vector<Deadlock> found = graph.cycles();
    for (Deadlock &deadlock : graph.deadOwners())
        found.push_back(std::move(deadlock));
    return found;
}

} // namespace procession
