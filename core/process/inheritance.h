// SPDX-License-Identifier: MIT
#pragma once

#include <procession/decoder.h>
#include <procession/encoder.h>

namespace procession {

/// What every process of a program has, for one that is started anew: the lifeline of its parent, and the shared memory of the program.
/// \throws SystemError
void attachInheritance(Encoder &encoder);

/// Takes what attachInheritance() attached, and makes it this process's.
/// \throws DecodeError, SystemError, SharedMemoryError
void takeInheritance(Decoder &decoder);

} // namespace procession
