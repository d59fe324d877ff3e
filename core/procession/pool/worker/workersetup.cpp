// SPDX-License-Identifier: MIT
#include <procession/pool/worker/workersetup.h>

namespace procession {

void WorkerInitializer::call()
{
    if (!m_target.isEmpty()) {
        m_target.call();
    } else if (!m_encoded.bytes.isEmpty()) {
        Decoder decoder(m_encoded);
        detail::callThunk(decoder);
    }
}

void Codec<WorkerInitializer>::encode(Encoder &encoder, const WorkerInitializer &initializer)
{
    Encoder inner;
    if (!initializer.m_target.isEmpty())
        initializer.m_target.encode(inner);
    Message message = inner.take();
    encoder << message.bytes << static_cast<quint32>(message.descriptors.size());
    for (auto &handle : message.handles)
        encoder.keep(std::move(handle));
    for (Descriptor &descriptor : message.descriptors)
        encoder.attach(std::move(descriptor));
}

WorkerInitializer Codec<WorkerInitializer>::decode(Decoder &decoder)
{
    WorkerInitializer initializer;
    initializer.m_encoded.bytes = decoder.read<QByteArray>();
    const auto descriptors = decoder.read<quint32>();
    for (quint32 i = 0; i < descriptors; ++i)
        initializer.m_encoded.descriptors.push_back(decoder.takeDescriptor());
    return initializer;
}

void Codec<WorkerSetup>::encode(Encoder &encoder, const WorkerSetup &setup)
{
    encoder << setup.pool << setup.record << setup.tasks << setup.reports << setup.maxTasks << setup.initializer << setup.limits
            << setup.streams;
}

WorkerSetup Codec<WorkerSetup>::decode(Decoder &decoder)
{
    return {decoder.read<PoolHandle>(), decoder.read<WorkerHandle>(), decoder.read<PoolQueue>(), decoder.read<PoolQueue>(),
        decoder.read<quint64>(), decoder.read<WorkerInitializer>(), decoder.read<WorkerLimits>(),
        decoder.read<WorkerStreams>()}; // in this order, since braces
}

} // namespace procession
