// SPDX-License-Identifier: MIT
#include <procession/target.h>

namespace procession {

void Target::encodeThunk(Encoder &encoder, Thunk *thunk) { encoder << CodeAddress::of(reinterpret_cast<const void *>(thunk)); }

void Target::callEncoded(Decoder &decoder)
{
    const auto address = decoder.read<CodeAddress>();
    reinterpret_cast<Thunk *>(address.resolve())(decoder);
}

} // namespace procession
