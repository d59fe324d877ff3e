// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

#include <array>
#include <optional>
#include <vector>

namespace procession {

/// The settings that a process passes on to every process that it starts, besides its files, its
/// signals and its working directory. A copy of a process that was started earlier needs those that
/// have changed since.
///
/// \code
/// const ProcessSettings before = ProcessSettings::current();
/// …
/// const ProcessSettings changed = ProcessSettings::current().changesSince(before);     // only what differs
/// changed.apply();                                                                     // in the copy
/// \endcode
///
/// A value. Settings that can differ between threads (niceness, processors) are those of the
/// calling thread.
struct ProcessSettings
{
    struct Limit
    {
        int resource = 0;
        quint64 soft = 0;
        quint64 hard = 0;

        friend bool operator==(const Limit &, const Limit &) = default;
    };

    std::optional<QByteArray> environment; ///< the variables, each terminated by a zero byte
    std::optional<int> fileModeMask; ///< umask; empty if /proc does not report it
    std::optional<int> niceness;
    std::optional<QByteArray> processors; ///< a bit for each usable processor
    std::vector<Limit> limits; ///< of setrlimit()

    /// \throws SystemError
    static ProcessSettings current();
    bool isEmpty() const;
    /// The settings that differ from those in `base`.
    ProcessSettings changesSince(const ProcessSettings &base) const;
    /// Whether a process with the settings of `base` may need rights to apply these: a higher hard
    /// limit, or less niceness.
    bool needRights(const ProcessSettings &base) const;
    /// Applies them to the calling thread and its process. To be called in a process of one thread:
    /// it replaces the environment.
    /// \throws SystemError naming the setting
    void apply() const;
};

/// The rights of a process. A process that was started before its parent gave up rights has more
/// than it should have.
struct ProcessRights
{
    std::array<quint32, 6> identities{}; ///< user and group: real, effective, saved
    std::vector<quint32> groups;
    std::array<quint32, 6> capabilities{};
    int restrictions = 0; ///< whether it can gain no privileges; how system calls are filtered
    std::array<quint64, 2> root{}; ///< its root folder: device and file

    static ProcessRights current();
    friend bool operator==(const ProcessRights &, const ProcessRights &) = default;
};

} // namespace procession
