// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/arenarecords.h>

#include <utility>

namespace procession {

/// A child's record in the directory, as its parent owns it: from before the child is started until
/// it has been reaped.
///
/// \code
/// ProcessSlot slot = ProcessSlot::forChild("Process-1", "worker");
/// // start the child, which calls enterProcess(slot.index())
/// slot.setPid(pid);
/// \endcode
///
/// The destructor releases everything that the child held: its handles are dropped, and waiters
/// notice locks that it died with. Move-only; from one thread at a time.
class ProcessSlot
{
public:
    ProcessSlot() = default;
    /// \param name      for people
    /// \param work      its activity, for people
    /// \param isThread  true for a thread that runs as a process
    /// \throws SharedMemoryError, SystemError
    static ProcessSlot forChild(const QByteArray &name, const QByteArray &work, bool isThread = false);
    ProcessSlot(ProcessSlot &&other) noexcept : m_place(std::exchange(other.m_place, 0)), m_generation(other.m_generation) { }
    /// What this slot held is released by the destructor of `other`.
    ProcessSlot &operator=(ProcessSlot &&other) noexcept
    {
        std::swap(m_place, other.m_place);
        std::swap(m_generation, other.m_generation);
        return *this;
    }
    ProcessSlot(const ProcessSlot &) = delete;
    ProcessSlot &operator=(const ProcessSlot &) = delete;
    /// \pre the child has ended, or was never started
    ~ProcessSlot();

    quint32 index() const { return m_place - 1; }
    void setPid(qint64 pid);

private:
    explicit ProcessSlot(quint32 index);

    quint32 m_place = 0; ///< its index plus 1
    quint32 m_generation = 0;
};

/// Index of this process's record, which is created on first use.
/// \throws SharedMemoryError, SystemError
quint32 ownProcess();

/// Makes this newly started process use the record that its parent created.
/// \throws SharedMemoryError if there is no such record
void enterProcess(quint32 index);
/// Makes the calling thread run as the process of that record; enterThread(0) ends this.
/// \param place  an index plus 1
void enterThread(quint32 place);
/// Index of the process record that the calling thread belongs to.
quint32 processOfThread();

/// The name and the current activity of this process, for people.
void setProcessName(const QByteArray &name);
void setProcessWork(const QByteArray &work);

} // namespace procession
