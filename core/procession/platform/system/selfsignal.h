// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

namespace procession {

// How a program stops or ends itself by a signal that it has caught.

/// Announces a stop of this program, for a caller that has caught SIGTSTP and has work to do before
/// it stops. A SIGCONT that arrives from now on cancels the stop. The calling thread must have
/// SIGTSTP blocked, as SignalWatcher does.
void announceStop();

/// Stops this program as Ctrl-Z does when it is not caught, and returns when it is continued
/// (SIGCONT). Returns at once if a SIGCONT has arrived since announceStop(), or if the system does
/// not stop it because its process group is orphaned, so that no shell could continue it.
void stopAsAnnounced();

/// Ends this program by `signal`, as if it had not been caught, so that a shell, make or systemd
/// sees the cause. Open files are neither written nor closed. Returns only if the system does not
/// end the program, for example as process 1 of a container.
void dieOf(int signal);

/// The process group of this program: its leader's process id.
qint64 ownGroup();

} // namespace procession
