// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

namespace procession {

/// A process has ended: gives back all that it held, frees its record, and wakes all who sleep, since they may wait for it.
/// Any process may do so; that several do it at once, or one dies while it does, does no harm.
/// \param process     its index
/// \param generation  of its record, in which there may be another one by now
void sweepProcess(quint32 process, quint32 generation);

/// Sweeps all processes of this program that have ended and that nobody has swept.
void sweepEndedProcesses();

/// Frees the record alone: of a thread that was entered as a process.
void freeProcess(quint32 process);

} // namespace procession
