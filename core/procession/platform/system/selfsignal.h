// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

namespace procession {

// What a program does to itself by a signal that it has caught.

/// Announces a stop of this program, for a caller that has caught SIGTSTP and has something to do before it stops. A SIGCONT that comes from
/// here on takes it back. The calling thread blocks SIGTSTP, as SignalWatcher has it do.
void announceStop();

/// Stops this program as Ctrl-Z does where it is not caught, and returns when it goes on (SIGCONT). Returns at once where a SIGCONT has come
/// since announceStop(), or where the system stops nothing, since no shell could let it go on: its process group is orphaned.
void stopAsAnnounced();

/// Ends this program by `signal`, as if it had not been caught, so that a shell, make or systemd sees what has ended it. Nothing that this
/// program has open is written or closed. Returns only where the system does not end it, as process 1 of a container.
void dieOf(int signal);

/// The process group of this program: its leader's process id.
qint64 ownGroup();

} // namespace procession
