// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/arenarecords.h>
#include <procession/memory/arena/holdings.h>

#include <functional>
#include <memory>

namespace procession {

/// Creates an object; its payload is zeros. The caller must make a Holding of it at once: without
/// one the object exists until this process ends.
/// \throws SharedMemoryError, SystemError
ObjectId makeObject(ObjectKind kind);

/// The record of an object, or null if the object no longer exists.
ObjectRecord *recordOf(ObjectId object);

/// Removes a process from the holders of an object. Destroys the object, with its segments, if no
/// process holds it and no message carries it.
/// \param process  index of its record
void dropObject(ObjectId object, quint32 process);

/// Takes a reference to an object that was found in the directory instead of received as a handle.
/// \param isMeant  checks the object's record; called again if the record changes meanwhile
/// \returns null if there is no such object
std::shared_ptr<const Holding> holdFound(quint32 index, const std::function<bool(const ObjectRecord &)> &isMeant);

/// Counts a handle as sent in a message. The sender must hold the object.
void noteSent(ObjectRecord &record);
/// Counts a handle as received from a message. The receiver must hold the object already.
void noteReceived(ObjectRecord &record);
/// Destroys the object if no process holds it and no message carries it. For receivers that drop a
/// handle without holding the object.
void dropUnused(ObjectId object);

/// Registers a function that runs before an object of this kind is destroyed, in whichever process
/// finds it unused. No other process can reach the object then, and its segments still exist. Call
/// it once, before such objects are created.
void setFinalizer(ObjectKind kind, void (*finalizer)(ObjectId object, ObjectRecord &record) noexcept) noexcept;

} // namespace procession
