// SPDX-License-Identifier: MIT
#pragma once

/// Marks a function that calls nothing but the system: no library, no lock, no memory of the heap. Such code may run in a copy of a process
/// that had other threads, beside a suspended parent, and before any library has been set up. A sanitizer would call its own library there.
#define PROCESSION_SYSTEM_CALLS_ONLY __attribute__((no_sanitize("address", "thread", "undefined")))
