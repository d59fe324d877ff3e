// SPDX-License-Identifier: MIT
#include <procession/job/task/states.h>

#include <array>

namespace procession {

namespace {

constexpr std::array TaskStateNames{"queued", "running", "done", "failed", "cancelled", "lost"};
constexpr std::array JobStateNames{"ready", "running", "paused", "stopping", "finished", "interrupted"};
constexpr std::array WorkerStateNames{"idle", "busy", "suspended", "stopped", "ending", "retired"};
constexpr std::array EndCauseNames{"itself", "timed-out", "person", "halt", "stop", "output"};
static_assert(TaskStateNames.size() == TaskStateCount);

template <typename State, std::size_t N>
std::optional<State> fromString(const std::array<const char *, N> &names, QStringView name)
{
    for (std::size_t i = 0; i < N; ++i) {
        if (name == QLatin1StringView(names[i]))
            return static_cast<State>(i);
    }
    return std::nullopt;
}

template <typename State, std::size_t N>
QLatin1StringView nameIn(const std::array<const char *, N> &names, State state)
{
    return QLatin1StringView(names.at(static_cast<std::size_t>(state)));
}

template <typename State>
QDebug print(QDebug debug, State state)
{
    const QDebugStateSaver saver(debug);
    return debug.noquote() << nameOf(state);
}

} // namespace

QLatin1StringView nameOf(TaskState state) { return nameIn(TaskStateNames, state); }
QLatin1StringView nameOf(JobState state) { return nameIn(JobStateNames, state); }
QLatin1StringView nameOf(WorkerState state) { return nameIn(WorkerStateNames, state); }
QLatin1StringView nameOf(EndCause cause) { return nameIn(EndCauseNames, cause); }

std::optional<TaskState> taskStateFromString(QStringView name) { return fromString<TaskState>(TaskStateNames, name); }
std::optional<JobState> jobStateFromString(QStringView name) { return fromString<JobState>(JobStateNames, name); }
std::optional<EndCause> endCauseFromString(QStringView name) { return fromString<EndCause>(EndCauseNames, name); }

QDebug operator<<(QDebug debug, TaskState state) { return print(debug, state); }
QDebug operator<<(QDebug debug, JobState state) { return print(debug, state); }
QDebug operator<<(QDebug debug, WorkerState state) { return print(debug, state); }
QDebug operator<<(QDebug debug, EndCause cause) { return print(debug, cause); }

} // namespace procession
