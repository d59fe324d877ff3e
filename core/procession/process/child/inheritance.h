// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/wire/decoder.h>
#include <procession/ipc/wire/encoder.h>
#include <procession/platform/base/descriptor.h>

namespace procession {

/// Attaches what every process of a program shares, for a process that is executed anew: its
/// lifeline, and the shared memory of the program.
/// \param lifeline  the child's end
/// \throws SystemError
void attachInheritance(Encoder &encoder, Descriptor lifeline);

/// Reads what attachInheritance() attached, and sets it up for this process.
/// \throws DecodeError, SystemError, SharedMemoryError
void takeInheritance(Decoder &decoder);

} // namespace procession
