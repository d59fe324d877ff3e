// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

#include <QtCore/QByteArray>

#include <atomic>
#include <cstddef>
#include <vector>

namespace procession {

/// Sees to it that no child outlives this program, however it dies.
///
/// A guard is a tiny process that waits for the death of the program that made it, and then kills every process group that is in its
/// table. The table is memory shared by the two, so an entry costs one store, and what `kill -9` leaves behind is exactly what was in it.
/// Then it looks through the process table for what those groups have started elsewhere: by a mark in the environment, by the session, and by links to
/// processes that were found so, and kills until none is left. What has a session of its own, no parent, and no mark any more is not found.
///
/// When the guard is killed as well, the kernel's parent-death signal still kills the children, but not what they have started.
///
/// \code
/// OrphanGuard guard;
/// const auto entry = guard.reserve();
/// … the child stores its process group in *guard.slot(entry) before it executes anything …
/// guard.release(entry);                   // when the group is gone
/// \endcode
///
/// To be used from one thread. Destroying it ends the guard process and kills nobody.
class OrphanGuard
{
public:
    using Entry = int;
    static constexpr int Capacity = 65'536; ///< process groups at a time

    /// \param mark  what stands in the environment of what is to end with this program (TaskMark::ofRun()); empty: only sessions and links count
    /// \throws SystemError when the system gives no process or no memory
    explicit OrphanGuard(const QByteArray &mark = {});
    ~OrphanGuard();
    OrphanGuard(const OrphanGuard &) = delete;
    OrphanGuard &operator=(const OrphanGuard &) = delete;

    /// A free place in the table. \throws SystemError (EAGAIN) when all are taken
    Entry reserve();
    std::atomic<int> *slot(Entry entry) const { return m_table + entry; }
    void release(Entry entry);
    /// In a child that is about to execute a program: makes it the leader of a session, and puts that into the table. Calls nothing but the system.
    static void leadSession(std::atomic<int> *slot) noexcept;

    /// The process id of the guard process.
    int pid() const { return m_pid; }

private:
    Descriptor m_alive; // closes with this program, where the system has no pidfds
    std::atomic<int> *m_table = nullptr;
    std::vector<Entry> m_free;
    Entry m_next = 0;
    int m_pid = -1;
};

} // namespace procession
