// SPDX-License-Identifier: MIT
#pragma once

#include <procession/corekey.h>

#include <QtCore/qglobal.h>

#include <string> // for the macros that identify the standard library

namespace procession {

/// The record in the file of a library of tasks that states what the library was built for. It can
/// be read before any code of the library runs. Each text ends with a NUL.
struct TaskLibraryInfo
{
    char marker[32];
    char version[32]; ///< of Procession
    char key[72]; ///< of Procession's headers; with another key, types may have another layout
    char standardLibrary[32];
};

#if defined(_LIBCPP_VERSION)
#define PROCESSION_STANDARD_LIBRARY "libc++"
#elif defined(_GLIBCXX_USE_CXX11_ABI) && _GLIBCXX_USE_CXX11_ABI
#define PROCESSION_STANDARD_LIBRARY "libstdc++"
#else
#define PROCESSION_STANDARD_LIBRARY "libstdc++ of before C++11"
#endif

/// What the including code was built for.
inline constexpr TaskLibraryInfo CurrentTaskLibraryInfo{
    "\n[Procession library of tasks]\n", PROCESSION_CORE_VERSION, PROCESSION_CORE_KEY, PROCESSION_STANDARD_LIBRARY};

} // namespace procession
