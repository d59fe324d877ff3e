// SPDX-License-Identifier: MIT
#include <procession/pool/output/workerstreams.h>

#include <procession/platform/base/standardstreams.h>
#include <procession/platform/io/streamwriting.h>
#include <procession/platform/processes/processexit.h>
#include <procession/pool/output/tasksplitter.h>

namespace procession {

void WorkerStreams::redirect() const
{
    if (output)
        replaceStream(StandardOutput, *output);
    if (error)
        replaceStream(StandardError, *error);
}

void WorkerStreams::endTask(quint64 task) const
{
    flushStandardOutput();
    if (!marksOutput && !marksError)
        return;
    const QByteArray end = TaskSplitter::endOf(task, mark);
    // Writes to the pipes themselves, because the task may have redirected its streams. Nothing to do without a reader.
    if (marksOutput)
        writeWholly(output->get(), end);
    if (marksError)
        writeWholly(error->get(), end);
}

namespace {

void encodePipe(Encoder &encoder, const WorkerStreams::Pipe &pipe)
{
    encoder << static_cast<bool>(pipe);
    if (pipe)
        encoder.attach(pipe->duplicate());
}

WorkerStreams::Pipe decodePipe(Decoder &decoder)
{
    return decoder.read<bool>() ? std::make_shared<const Descriptor>(decoder.takeDescriptor()) : nullptr;
}

} // namespace

void Codec<WorkerStreams>::encode(Encoder &encoder, const WorkerStreams &streams)
{
    encodePipe(encoder, streams.output);
    encodePipe(encoder, streams.error);
    encoder << streams.marksOutput << streams.marksError << streams.mark;
}

WorkerStreams Codec<WorkerStreams>::decode(Decoder &decoder)
{
    return {decodePipe(decoder), decodePipe(decoder), decoder.read<bool>(), decoder.read<bool>(),
        decoder.read<QByteArray>()}; // in this order, since braces
}

} // namespace procession
