// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/arenarecords.h>

namespace procession {

/// A reference of this process to an object. The object exists as long as any process has one.
///
/// Copies of a handle share one Holding through a std::shared_ptr. From any thread.
class Holding
{
public:
    /// \pre the object exists: this process has just created it, or is reading a message with a
    ///     handle of it
    explicit Holding(ObjectId object);
    Q_DISABLE_COPY_MOVE(Holding)
    ~Holding();

    ObjectId object() const { return m_object; }
    ObjectRecord &record() const { return *m_record; }

private:
    ObjectId m_object;
    ObjectRecord *m_record;
};

/// Makes another process hold an object of this process, before it is given a handle: a child that
/// is being started. The child holds it until it drops the handle or ends, even if it ends before
/// it has taken the handle.
/// \param process  index of the child's record
void holdFor(const Holding &holding, quint32 process);

/// Makes a process hold everything that this process holds: its copy (fork), shortly before or
/// after the copy is made.
/// \param process  index of the copy's record
void holdAllFor(quint32 process);

/// Called around a fork: in between, no reference is taken or dropped.
void beginHoldingsFork();
void endHoldingsFork();

} // namespace procession
