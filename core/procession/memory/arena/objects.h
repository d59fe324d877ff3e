// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/arenarecords.h>
#include <procession/memory/arena/holdings.h>

#include <functional>
#include <memory>

namespace procession {

/// Makes an object that nobody holds yet; its payload is zeros. In the same breath make a Holding of it.
/// \throws SharedMemoryError, SystemError
ObjectId makeObject(ObjectKind kind);

/// The record of an object, or null when there is no such object any more.
ObjectRecord *recordOf(ObjectId object);

/// A process has no handles of an object any more. The object goes, with its segments, when that was the last and none is under way.
/// \param process  its index
void dropObject(ObjectId object, quint32 process);

/// Takes hold of an object that was found in the directory, and was not given to this process by anybody.
/// \param isMeant  looks at its record, which may change meanwhile; it is called again then
/// \returns null when there is no such object
std::shared_ptr<const Holding> holdFound(quint32 index, const std::function<bool(const ObjectRecord &)> &isMeant);

/// A message with a handle is under way from now on, sent by a process that holds the object; or a handle has been taken out of one by a
/// process that holds it now.
void noteSent(ObjectRecord &record);
void noteReceived(ObjectRecord &record);
/// The object goes when nobody has a handle and none is under way: for who has taken one out of a message and does not hold it.
void dropUnused(ObjectId object);

/// What is to be done before an object of a kind goes, whichever process finds that it is unused: nobody else can reach it any more, and
/// its segments are still there. Said once, before such objects are made.
void setFinalizer(ObjectKind kind, void (*finalizer)(ObjectId object, ObjectRecord &record) noexcept) noexcept;

} // namespace procession
