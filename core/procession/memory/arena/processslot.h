// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/arenarecords.h>

#include <utility>

namespace procession {

/// The place of a child in the directory, as its parent holds it: from before the child is started until it has been reaped.
///
/// \code
/// ProcessSlot slot = ProcessSlot::forChild("Process-1", "worker");
/// // start the child, which calls enterProcess(slot.index())
/// slot.setPid(pid);
/// \endcode
///
/// When it goes, all that the child held is given back: its handles, and what lies in locks that it died with is noticed by those who
/// wait. Move-only; from one thread at a time.
class ProcessSlot
{
public:
    ProcessSlot() = default;
    /// \param name      for people
    /// \param work      what it is to do, for people
    /// \param isThread  whether it is no process of its own
    /// \throws SharedMemoryError, SystemError
    static ProcessSlot forChild(const QByteArray &name, const QByteArray &work, bool isThread = false);
    ProcessSlot(ProcessSlot &&other) noexcept : m_place(std::exchange(other.m_place, 0)), m_generation(other.m_generation) { }
    /// What this one held is given back when `other` goes.
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

/// The index of this process's record. Makes one when this process has none.
/// \throws SharedMemoryError, SystemError
quint32 ownProcess();

/// This process, which was just started, is the one whose record its parent has made.
/// \throws SharedMemoryError when there is no such record
void enterProcess(quint32 index);
/// This thread runs as the process of that record; enterThread(0) ends it.
/// \param place  an index plus 1
void enterThread(quint32 place);
/// What threads of this process, or this thread, belong to: an index.
quint32 processOfThread();

/// For people: what this process is called, and what it does at present.
void setProcessName(const QByteArray &name);
void setProcessWork(const QByteArray &work);

} // namespace procession
