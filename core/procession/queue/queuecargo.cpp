// SPDX-License-Identifier: MIT
#include <procession/queue/queuecargo.h>

#include <procession/ipc/codec/codecbytes.h>
#include <procession/ipc/wire/decoder.h>
#include <procession/ipc/wire/encoder.h>
#include <procession/ipc/wire/errors.h>
#include <procession/memory/arena/arena.h>
#include <procession/memory/arena/objects.h>
#include <procession/platform/socket/descriptorpassing.h>

namespace procession {

namespace {

void putOnShelf(Message &message)
{
    if (message.descriptors.size() > MaximumDescriptors)
        throw EncodeError("a value with " + std::to_string(message.descriptors.size())
            + " connections or other descriptors cannot go through a queue at once: at most " + std::to_string(MaximumDescriptors)
            + " can, put them in parts");
    auto owner = std::make_shared<const Holding>(makeObject(ObjectKind::Descriptors));
    Arena::get().shelf().put(owner->object(), message.descriptors);
    message.handles.insert(message.handles.begin(), std::move(owner));
    message.descriptors.clear();
}

} // namespace

QByteArray QueueCargo::pack(Message &message)
{
    const bool hasDescriptors = !message.descriptors.empty();
    if (hasDescriptors)
        putOnShelf(message);
    Encoder encoder;
    encoder << hasDescriptors;
    encoder.size(message.handles.size());
    for (const auto &handle : message.handles)
        encoder << handle->object().packed();
    return encoder.take().bytes;
}

std::unique_ptr<QueueCargo> QueueCargo::unpack(QByteArrayView &message)
{
    try {
        auto cargo = std::make_unique<QueueCargo>();
        Decoder decoder(message);
        cargo->m_hasDescriptors = decoder.read<bool>();
        cargo->m_objects.resize(decoder.size(sizeof(quint64)));
        for (ObjectId &object : cargo->m_objects)
            object = ObjectId::unpacked(decoder.read<quint64>());
        if (cargo->m_hasDescriptors && cargo->m_objects.empty())
            return nullptr;
        message = message.last(static_cast<qsizetype>(decoder.remaining()));
        return cargo;
    } catch (const DecodeError &) {
        return nullptr;
    }
}

std::vector<Descriptor> QueueCargo::descriptors() const
{
    return m_hasDescriptors ? Arena::get().shelf().peek(m_objects.front()) : std::vector<Descriptor>();
}

void QueueCargo::noteReceived() const
{
    for (const ObjectId object : m_objects) {
        if (ObjectRecord *record = recordOf(object))
            procession::noteReceived(*record);
    }
}

void QueueCargo::dropUnused() const
{
    for (const ObjectId object : m_objects)
        procession::dropUnused(object);
}

} // namespace procession
