// SPDX-License-Identifier: MIT
#pragma once

#include <procession/descriptor.h>

#include <QtCore/qglobal.h>

namespace procession {

/// A descriptor that refers to a process and becomes readable when it ends; unlike a number it never comes to mean another process.
/// \param pid  of a process that cannot have been reaped yet, or whose number nobody else can have got
/// \throws SystemError: ESRCH when there is none
Descriptor openPidfd(qint64 pid);

/// Sends a signal. Nothing happens when the process has ended.
/// \throws SystemError: EPERM, EINVAL
void sendSignal(const Descriptor &pidfd, int signal);

} // namespace procession
