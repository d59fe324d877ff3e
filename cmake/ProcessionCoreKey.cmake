# SPDX-License-Identifier: MIT
# Run by CMake with -D OUTPUT=file -D VERSION=… -D LIST=file: writes corekey.h, which tells builds of Core apart whose headers differ.
# LIST names the headers, one a line.
file(STRINGS "${LIST}" headers)
set(hashes)
foreach(header IN LISTS headers)
    file(SHA256 "${header}" hash)
    cmake_path(GET header FILENAME name)
    string(APPEND hashes "${name} ${hash}\n")
endforeach()
string(SHA256 key "${hashes}")
set(text "// SPDX-License-Identifier: MIT
#pragma once

/// The version of Procession, and what stands for all headers of its Core: libraries of tasks and the programs that load them agree in both.
#define PROCESSION_CORE_VERSION \"${VERSION}\"
#define PROCESSION_CORE_KEY \"${key}\"
")
if(EXISTS "${OUTPUT}")
    file(READ "${OUTPUT}" before)
endif()
if(NOT "${before}" STREQUAL "${text}")
    file(WRITE "${OUTPUT}" "${text}")
endif()
