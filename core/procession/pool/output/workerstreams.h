// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/codec.h>
#include <procession/platform/base/descriptor.h>

#include <QtCore/QByteArray>

#include <memory>

namespace procession {

/// Where a worker writes its output and errors to, in the worker.
struct WorkerStreams
{
    using Pipe = std::shared_ptr<const Descriptor>;

    Pipe output{}; ///< null: where its parent's goes
    Pipe error{};
    bool marksOutput = false; ///< whether ends of tasks are to be told from what it writes
    bool marksError = false;
    QByteArray mark{}; ///< see TaskSplitter

    /// Standard output and error of this process go there. \throws SystemError
    void redirect() const;
    /// Writes out what stdio and iostreams hold of the output of a task that has just ended, and tells its end.
    void endTask(quint64 task) const;
};

template <>
struct Codec<WorkerStreams>
{
    static void encode(Encoder &encoder, const WorkerStreams &streams);
    static WorkerStreams decode(Decoder &decoder);
};

} // namespace procession
