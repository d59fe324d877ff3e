// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

#include <array>
#include <optional>
#include <vector>

namespace procession {

/// What a process hands on to every process that it starts, besides its files, its signals and its working directory: for one that is
/// copied from a process that was started earlier, when they were others.
///
/// \code
/// const ProcessSettings before = ProcessSettings::current();
/// …
/// const ProcessSettings changed = ProcessSettings::current().changesSince(before);     // only what differs
/// changed.apply();                                                                     // in the copy
/// \endcode
///
/// A value. Each is of the calling thread where threads may differ (niceness, processors).
struct ProcessSettings
{
    struct Limit
    {
        int resource = 0;
        quint64 soft = 0;
        quint64 hard = 0;

        friend bool operator==(const Limit &, const Limit &) = default;
    };

    std::optional<QByteArray> environment; ///< the variables, each ended by a zero byte
    std::optional<int> fileModeMask; ///< umask; empty where /proc does not tell
    std::optional<int> niceness;
    std::optional<QByteArray> processors; ///< a bit for each that may be used
    std::vector<Limit> limits; ///< of setrlimit()

    /// \throws SystemError
    static ProcessSettings current();
    bool isEmpty() const;
    /// What is other here than in `base`.
    ProcessSettings changesSince(const ProcessSettings &base) const;
    /// Whether a process that has the settings of `base` may need rights to take these: a higher hard limit, or less niceness.
    bool needRights(const ProcessSettings &base) const;
    /// Makes them those of the calling thread and its process. To be called in a process of one thread: it replaces the environment.
    /// \throws SystemError naming the setting
    void apply() const;
};

/// What a process may do. A process that was started before its starter gave up rights has more than it is to have.
struct ProcessRights
{
    std::array<quint32, 6> identities{}; ///< user and group: real, effective, saved
    std::vector<quint32> groups;
    std::array<quint32, 6> capabilities{};
    int restrictions = 0; ///< whether it may gain no privileges, and whether system calls are filtered
    std::array<quint64, 2> root{}; ///< its root folder: device and file

    static ProcessRights current();
    friend bool operator==(const ProcessRights &, const ProcessRights &) = default;
};

} // namespace procession
