// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/arenarecords.h>

namespace procession {

/// One of the references to an object that this process has: as long as there is one, the object lasts.
///
/// Copies of a handle share one Holding, by a std::shared_ptr. From any thread.
class Holding
{
public:
    /// \pre the object lasts: it was just made by this process, or a message that holds a handle of it is being read
    explicit Holding(ObjectId object);
    Q_DISABLE_COPY_MOVE(Holding)
    ~Holding();

    ObjectId object() const { return m_object; }
    ObjectRecord &record() const { return *m_record; }

private:
    ObjectId m_object;
    ObjectRecord *m_record;
};

/// An object that this process holds is held by another one too, which is about to be given a handle: a child that is being started.
/// It holds it until it drops the handle or ends, even if it ends before it has taken the handle.
/// \param process  its index
void holdFor(const Holding &holding, quint32 process);

/// All that this process holds is held by another one too: by its copy, which is about to be made or was just made.
/// \param process  its index
void holdAllFor(quint32 process);

/// A process is about to be copied, or has been: in between nothing is taken or given back.
void beginHoldingsFork();
void endHoldingsFork();

} // namespace procession
