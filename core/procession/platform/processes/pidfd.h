// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

#include <QtCore/qglobal.h>

namespace procession {

/// Whether the system has pidfd_open: valgrind and some sandboxes refuse it.
bool hasPidfdOpen();

/// A descriptor that refers to a process and becomes readable when it ends; unlike a number it never comes to mean another process.
/// \param pid  of a process that cannot have been reaped yet, or whose number nobody else can have got
/// \returns an invalid one where the system refuses pidfds
/// \throws SystemError: ESRCH when there is none, EMFILE, ENFILE
Descriptor openPidfd(qint64 pid);

/// Sends a signal. Nothing happens when the process has ended.
/// \param pidfd  of the process; may be invalid where the system has none
/// \param pid    its number, by which it is signalled where the system refuses pidfds
/// \throws SystemError: EPERM, EINVAL
void sendSignal(const Descriptor &pidfd, qint64 pid, int signal);

/// Sends a signal to every process of a group.
/// \param pidfd  of the leader; invalid where the system has none
/// \param leader  its number, by which the group is signalled where the kernel is older than 6.9
/// \returns whether there is such a group
bool signalGroup(const Descriptor &pidfd, qint64 leader, int signal);

/// Sends a signal to every process of the group that a process leads, or to the process alone where it leads none (yet).
/// Nothing happens when it has ended. \throws SystemError as sendSignal()
void signalWithGroup(const Descriptor &pidfd, qint64 pid, int signal);

} // namespace procession
