// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/options/poolinitializer.h>
#include <procession/pool/output/workerstreams.h>
#include <procession/pool/shared/poolhandles.h>
#include <procession/pool/shared/poolqueue.h>
#include <procession/pool/shared/workerlimits.h>

#include <optional>

namespace procession {

/// The initializer on its way to a worker.
class WorkerInitializer
{
public:
    WorkerInitializer() = default;
    /// \param target  may be empty
    explicit WorkerInitializer(Target target) : m_target(std::move(target)) { }

    /// Calls the initializer; to be called once.
    /// \throws whatever it throws
    void call();

private:
    friend struct Codec<WorkerInitializer>;
    Target m_target; // in this process
    Message m_encoded; // or from another one
};

template <>
struct Codec<WorkerInitializer>
{
    static void encode(Encoder &encoder, const WorkerInitializer &initializer);
    static WorkerInitializer decode(Decoder &decoder);
};

/// Everything a worker needs to start.
struct WorkerSetup
{
    PoolHandle pool;
    WorkerHandle record;
    PoolQueue tasks;
    PoolQueue reports;
    quint64 maxTasks = 0; ///< number of tasks after which it ends; 0: none
    WorkerInitializer initializer;
    WorkerLimits limits{};
    WorkerStreams streams{};
    /// Runs a task of this process and returns how many of its calls threw: for workers that are
    /// threads. It does not travel.
    std::function<quint32(quint64 task)> runHere{};
};

template <>
struct Codec<WorkerSetup>
{
    static void encode(Encoder &encoder, const WorkerSetup &setup);
    static WorkerSetup decode(Decoder &decoder);
};

} // namespace procession
