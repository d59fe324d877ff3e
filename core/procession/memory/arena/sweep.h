// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

namespace procession {

/// Releases everything that an ended process held, frees its record, and wakes all sleepers of the
/// program, which may wait for it. Any process can call it; several calls at once, or death in the
/// middle, do no harm.
/// \param process     index of its record
/// \param generation  of its record, which may belong to another process by now
void sweepProcess(quint32 process, quint32 generation);

/// Sweeps all ended processes of this program that were not swept yet, unless another thread is
/// sweeping.
void sweepEndedProcesses();

/// Frees the record only: for a thread that was entered as a process.
void freeProcess(quint32 process);

} // namespace procession
