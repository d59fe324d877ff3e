// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

#include <QtCore/QByteArray>

#include <atomic>
#include <cstddef>
#include <vector>

namespace procession {

/// Ensures that no child outlives this program, however the program ends.
///
/// A guard is a tiny process that waits for the death of the program that created it, and then
/// kills every process group in its table. Both share the memory of the table, so an entry costs
/// one store, and the table is complete even after `kill -9`. Then the guard searches the process
/// table for processes that those groups have started elsewhere: by a mark in the environment, by
/// the session, and by links to processes found in this way. It kills until none is left. A process
/// is not found if it has a session of its own, has lost its parent and no longer has the mark.
///
/// If the guard is killed as well, the kernel's parent-death signal still kills the children, but
/// not the processes that they have started.
///
/// \code
/// OrphanGuard guard;
/// const auto entry = guard.reserve();
/// … the child stores its process group in *guard.slot(entry) before it executes anything …
/// guard.release(entry);                   // when the group is gone
/// \endcode
///
/// To be used from one thread. Destroying it ends the guard process and kills no other process.
class OrphanGuard
{
public:
    using Entry = int;
    static constexpr int Capacity = 65'536; ///< process groups at a time

    /// \param mark  text in the environment of processes that must end with this program
    /// (TaskMark::ofRun()); empty: only sessions and links count
    /// \throws SystemError if the system cannot create a process or has no memory
    explicit OrphanGuard(const QByteArray &mark = {});
    ~OrphanGuard();
    OrphanGuard(const OrphanGuard &) = delete;
    OrphanGuard &operator=(const OrphanGuard &) = delete;

    /// Returns a free entry of the table. \throws SystemError (EAGAIN) if all are taken
    Entry reserve();
    std::atomic<int> *slot(Entry entry) const { return m_table + entry; }
    void release(Entry entry);
    /// Called in a child that is about to execute a program: makes it the leader of a session, and
    /// enters that in the table. Makes system calls only.
    static void leadSession(std::atomic<int> *slot) noexcept;

    /// The process id of the guard process.
    int pid() const { return m_pid; }

private:
    Descriptor m_alive; // closes when this program ends; used if the system has no pidfds
    std::atomic<int> *m_table = nullptr;
    std::vector<Entry> m_free;
    Entry m_next = 0;
    int m_pid = -1;
};

} // namespace procession
