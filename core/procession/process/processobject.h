// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/codec.h>

namespace procession {

class Process;

/// Encodes the class of a process and the values of its properties; detail::callThunk() creates an
/// object of that class with those properties and calls its run().
/// \throws NotTransferable if the class has no Q_OBJECT or no invokable default constructor
void encodeProcessObject(Encoder &encoder, const Process &process);

/// Replaces the connections and descriptors in the properties by duplicates that refer to the same
/// objects, as another process would receive them. Properties that cannot be encoded stay
/// unchanged.
/// \throws SystemError if there are no descriptors left
void duplicatePropertyHandles(Process &process);

} // namespace procession
