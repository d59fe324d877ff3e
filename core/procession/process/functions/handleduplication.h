// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/codec.h>
#include <procession/ipc/codec/functioncodec.h>
#include <procession/ipc/wire/errors.h>

#include <type_traits>

namespace procession {

/// Numbers, text and the like, and rows of them: surely without handles.
template <typename T>
concept SentWithoutHandles = SentAsBytes<T> || requires
{
    requires SentAsBytes<typename T::value_type>;
};

/// Makes the handles in a value other ones of the same objects, as another process would get them: a connection that is closed in one
/// place then stays open in the other. What cannot be encoded is left as it is.
/// \throws SystemError when there are no descriptors left
template <typename T>
void duplicateHandles(T &value)
{
    if constexpr (Encodable<T> && std::is_move_assignable_v<T> && !SentWithoutHandles<T>) {
        Encoder encoder;
        try {
            encoder << value;
        } catch (const EncodeError &) {
            return;
        } catch (const NotTransferable &) {
            return;
        }
        Message message = encoder.take();
        Decoder decoder(message);
        value = decoder.read<T>();
    }
}

} // namespace procession
