// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/codec.h>
#include <procession/platform/base/descriptor.h>

#include <QtCore/QByteArray>

#include <memory>

namespace procession {

/// The output streams of a worker, in the worker.
struct WorkerStreams
{
    using Pipe = std::shared_ptr<const Descriptor>;

    Pipe output{}; ///< null: inherited from the parent
    Pipe error{};
    bool marksOutput = false; ///< whether the worker marks the ends of tasks in its output
    bool marksError = false;
    QByteArray mark{}; ///< see TaskSplitter

    /// Redirects standard output and error of this process. \throws SystemError
    void redirect() const;
    /// Flushes stdio and iostreams after a task and marks its end.
    void endTask(quint64 task) const;
};

template <>
struct Codec<WorkerStreams>
{
    static void encode(Encoder &encoder, const WorkerStreams &streams);
    static WorkerStreams decode(Decoder &decoder);
};

} // namespace procession
