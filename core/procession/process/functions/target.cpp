// SPDX-License-Identifier: MIT
#include <procession/process/functions/target.h>

namespace procession {

void detail::encodeThunk(Encoder &encoder, Thunk *thunk) { encoder << CodeAddress::of(reinterpret_cast<const void *>(thunk)); }

void detail::callThunk(Decoder &decoder)
{
    const auto address = decoder.read<CodeAddress>();
    reinterpret_cast<Thunk *>(address.resolve())(decoder);
}

} // namespace procession
