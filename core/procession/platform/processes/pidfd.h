// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/base/descriptor.h>

#include <QtCore/qglobal.h>

namespace procession {

/// Whether the system has pidfd_open: valgrind and some sandboxes refuse it.
bool hasPidfdOpen();

/// Returns a descriptor that refers to a process and becomes readable when it ends; unlike a
/// process id it never comes to refer to another process.
/// \param pid  of a process that cannot have been reaped yet, or whose id cannot have been reused
/// \returns an invalid descriptor if the system refuses pidfds
/// \throws SystemError: ESRCH if there is no such process, EMFILE, ENFILE
Descriptor openPidfd(qint64 pid);

/// Sends a signal. Does nothing if the process has ended.
/// \param pidfd  of the process; may be invalid if the system has none
/// \param pid    its id, which is used if the system refuses pidfds
/// \throws SystemError: EPERM, EINVAL
void sendSignal(const Descriptor &pidfd, qint64 pid, int signal);

/// Sends a signal to every process of a group.
/// \param pidfd   of the leader; invalid if the system has none
/// \param leader  its id, which is used if the kernel is older than 6.9
/// \returns whether there is such a group
bool signalGroup(const Descriptor &pidfd, qint64 leader, int signal);

/// Sends a signal to every process of the group that a process leads, or to the process alone if it
/// leads none (yet). Does nothing if it has ended. \throws SystemError as sendSignal()
void signalWithGroup(const Descriptor &pidfd, qint64 pid, int signal);

} // namespace procession
