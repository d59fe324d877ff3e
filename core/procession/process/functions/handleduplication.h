// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/codec.h>
#include <procession/ipc/codec/functioncodec.h>
#include <procession/ipc/wire/errors.h>

#include <type_traits>

namespace procession {

/// Types that cannot contain handles: numbers, text and the like, and containers of them.
template <typename T>
concept SentWithoutHandles = SentAsBytes<T> || requires
{
    requires SentAsBytes<typename T::value_type>;
};

/// Replaces the handles in a value by duplicates that refer to the same objects, as another process
/// would receive them: closing a connection in one place leaves it open in the other. A value that
/// cannot be encoded stays unchanged.
/// \throws SystemError if there are no descriptors left
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
