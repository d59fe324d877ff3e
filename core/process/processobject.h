// SPDX-License-Identifier: MIT
#pragma once

#include <procession/codec.h>

namespace procession {

class Process;

/// Writes the class of a process and the values of its properties.
/// \throws NotTransferable when its class has no Q_OBJECT or no invokable default constructor
void encodeProcessObject(Encoder &encoder, const Process &process);

/// Makes an object of that class with those properties, and calls its run().
void runProcessObject(Decoder &decoder);

/// Makes the connections and descriptors in its properties other ones of the same things, as another process would get them. What cannot
/// be encoded is left as it is.
/// \throws SystemError when there are no descriptors left
void duplicatePropertyHandles(Process &process);

} // namespace procession
