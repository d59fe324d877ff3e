// SPDX-License-Identifier: MIT
#pragma once

#include <procession/corekey.h>

#include <QtCore/qglobal.h>

#include <string> // for what it tells of the standard library

namespace procession {

/// How a library of tasks says in its file what it was built for, so that this can be read before any of its code runs. Each text ends
/// with a NUL.
struct TaskLibraryInfo
{
    char marker[32];
    char version[32]; ///< of Procession
    char key[72]; ///< of Procession's headers: any other key means that types may lie differently in memory
    char standardLibrary[32];
};

#if defined(_LIBCPP_VERSION)
#define PROCESSION_STANDARD_LIBRARY "libc++"
#elif defined(_GLIBCXX_USE_CXX11_ABI) && _GLIBCXX_USE_CXX11_ABI
#define PROCESSION_STANDARD_LIBRARY "libstdc++"
#else
#define PROCESSION_STANDARD_LIBRARY "libstdc++ of before C++11"
#endif

/// What whoever includes this was built for.
inline constexpr TaskLibraryInfo CurrentTaskLibraryInfo{
    "\n[Procession library of tasks]\n", PROCESSION_CORE_VERSION, PROCESSION_CORE_KEY, PROCESSION_STANDARD_LIBRARY};

} // namespace procession
