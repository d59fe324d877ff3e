// SPDX-License-Identifier: MIT
#include <procession/ipc/codec/sharedobjectcodec.h>

#include <procession/ipc/codec/codec.h>
#include <procession/ipc/wire/errors.h>
#include <procession/memory/arena/arena.h>
#include <procession/memory/arena/objects.h>

#include <string>

namespace procession {

void detail::encodeObject(Encoder &encoder, const SharedObject &object, ObjectKind kind)
{
    const ObjectId id = object.id();
    if (!recordOf(id))
        throw EncodeError(std::string("a null handle of a ") + nameOf(kind) + " cannot be sent");
    encoder << Arena::get().id() << id.packed();
    encoder.keep(object.holding());
}

ReceivedObject detail::decodeObject(Decoder &decoder, ObjectKind kind)
{
    const auto arena = decoder.read<quint64>();
    const ObjectId id = ObjectId::unpacked(decoder.read<quint64>());
    if (Arena::get().id() != arena)
        throw DecodeError(std::string("a handle of a ") + nameOf(kind)
            + " came from another program: shared objects can only be used by processes that descend from one main process");
    ObjectRecord *record = recordOf(id);
    if (!record)
        throw DecodeError(std::string("a handle of a ") + nameOf(kind) + " refers to one that is no more");
    ReceivedObject received{std::make_shared<Holding>(id)};
    if (decoder.isUnderWay())
        noteReceived(*record); // also for a handle refused below, which is no longer in flight
    else
        decoder.keep(received.holding);
    if (const auto found = static_cast<ObjectKind>(record->kind.load()); found != kind)
        throw DecodeError(std::string("a handle of a ") + nameOf(kind) + " refers to a " + nameOf(found));
    return received;
}

} // namespace procession
