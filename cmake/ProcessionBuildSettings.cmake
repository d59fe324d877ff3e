# SPDX-License-Identifier: MIT
# How every target of the project is compiled. Nothing here reaches those who embed it.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_COMPILE_OPTIONS_PIE "-fPIC") # programs and libraries can then share precompiled headers
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")

add_library(procession_settings INTERFACE)
target_compile_definitions(procession_settings INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
    QT_NO_KEYWORDS QT_NO_FOREACH QT_DISABLE_DEPRECATED_BEFORE=0x060400)
target_compile_options(procession_settings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wold-style-cast -Wcast-align
    -Wformat=2 -Wimplicit-fallthrough -Wundef
    $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wlogical-op>
    $<$<BOOL:${PROCESSION_WARNINGS_AS_ERRORS}>:-Werror>)
set(PROCESSION_GNU_LTO OFF)
if(CMAKE_INTERPROCEDURAL_OPTIMIZATION AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    set(PROCESSION_GNU_LTO ON)
    target_compile_options(procession_settings INTERFACE -ffat-lto-objects) # which other compilers can link too
    target_link_options(procession_settings INTERFACE -Wno-alloc-size-larger-than) # GCC 12 takes QHash's bounds for sizes
endif()
if(PROCESSION_SANITIZERS)
    target_compile_options(procession_settings INTERFACE
        -fsanitize=${PROCESSION_SANITIZERS} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(procession_settings INTERFACE -fsanitize=${PROCESSION_SANITIZERS})
endif()
if(PROCESSION_SANITIZERS MATCHES "thread" AND Qt6_VERSION VERSION_LESS 6.6)
    add_library(procession_handovers OBJECT "${PROJECT_SOURCE_DIR}/tests/support/qthandovers.cpp")
    target_link_libraries(procession_handovers PRIVATE procession_settings Qt6::Core)
    target_link_libraries(procession_settings INTERFACE $<LINK_ONLY:Qt6::Core>) # programs without Qt have them too
    target_sources(procession_settings INTERFACE
        $<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:$<TARGET_OBJECTS:procession_handovers>>)
endif()

if(PROJECT_IS_TOP_LEVEL)
    find_program(PROCESSION_CCACHE ccache)
    if(PROCESSION_CCACHE)
        # The sloppiness is what ccache asks for with precompiled headers.
        set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
            CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
            CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${PROCESSION_CCACHE})
        target_compile_options(procession_settings INTERFACE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
    endif()
    find_program(PROCESSION_MOLD mold)
    find_program(PROCESSION_LLD ld.lld)
    if(PROCESSION_MOLD)
        target_link_options(procession_settings INTERFACE -fuse-ld=mold)
    elseif(PROCESSION_LLD AND NOT PROCESSION_GNU_LTO)
        target_link_options(procession_settings INTERFACE -fuse-ld=lld)
    endif()
endif()
