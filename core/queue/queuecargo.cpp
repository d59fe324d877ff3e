// SPDX-License-Identifier: MIT
#include <procession/queuecargo.h>

#include <procession/codecbytes.h>
#include <procession/decoder.h>
#include <procession/encoder.h>
#include <procession/errors.h>
#include <procession/objects.h>

namespace procession {

QByteArray QueueCargo::packed(const Message &message)
{
    Encoder encoder;
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
        cargo->m_objects.resize(decoder.size(sizeof(quint64)));
        for (ObjectId &object : cargo->m_objects)
            object = ObjectId::unpacked(decoder.read<quint64>());
        message = message.last(static_cast<qsizetype>(decoder.remaining()));
        return cargo;
    } catch (const DecodeError &) {
        return nullptr;
    }
}

void QueueCargo::drop() const
{
    for (const ObjectId object : m_objects)
        dropSent(object);
}

} // namespace procession
