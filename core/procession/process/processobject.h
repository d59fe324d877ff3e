// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/codec.h>

namespace procession {

class Process;

/// Writes what detail::callThunk() makes an object of that class from, with these values in its properties, to call its run().
/// \throws NotTransferable when its class has no Q_OBJECT or no invokable default constructor
void encodeProcessObject(Encoder &encoder, const Process &process);

/// Makes the connections and descriptors in its properties other ones of the same things, as another process would get them. What cannot
/// be encoded is left as it is.
/// \throws SystemError when there are no descriptors left
void duplicatePropertyHandles(Process &process);

} // namespace procession
