// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/wire/decoder.h>
#include <procession/ipc/wire/encoder.h>
#include <procession/platform/base/descriptor.h>

namespace procession {

/// What every process of a program has, for one that is started anew: its lifeline, and the shared memory of the program.
/// \param lifeline  the process's end
/// \throws SystemError
void attachInheritance(Encoder &encoder, Descriptor lifeline);

/// Takes what attachInheritance() attached, and makes it this process's.
/// \throws DecodeError, SystemError, SharedMemoryError
void takeInheritance(Decoder &decoder);

} // namespace procession
