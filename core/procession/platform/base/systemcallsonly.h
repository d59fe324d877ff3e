// SPDX-License-Identifier: MIT
#pragma once

/// Marks a function that makes system calls only: it uses no library, no lock and no heap memory.
/// Such code can run in a copy of a process that had other threads, beside a suspended parent, and
/// before any library is initialised. A sanitizer would call its own library there.
#define PROCESSION_SYSTEM_CALLS_ONLY __attribute__((no_sanitize("address", "thread", "undefined")))
