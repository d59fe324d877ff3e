# SPDX-License-Identifier: MIT
# Libraries of tasks (see <procession/registertask.h>), and programs that load them.

# procession_add_tasks(NAME SOURCES file...): a loadable library, NAME.so, with the functions that its sources name by
# PROCESSION_REGISTER_TASK(). It has nothing of Procession in it but the headers: what it needs is in the program that loads it, of which there
# must be one. Other libraries, more of Qt for example, are linked by target_link_libraries(NAME PRIVATE …).
function(procession_add_tasks name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES")
    if(NOT arg_SOURCES)
        message(FATAL_ERROR "procession_add_tasks(${name}): give the library's SOURCES")
    endif()
    if(NOT TARGET Qt6::Core) # as in a project that takes in these sources
        find_package(Qt6 REQUIRED COMPONENTS Core)
    endif()
    add_library(${name} MODULE ${arg_SOURCES} "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/ProcessionTaskLibrary.cpp")
    set_target_properties(${name} PROPERTIES PREFIX "" CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
    target_compile_features(${name} PRIVATE cxx_std_20)
    target_include_directories(${name} PRIVATE $<TARGET_PROPERTY:Procession::Core,INTERFACE_INCLUDE_DIRECTORIES>)
    target_link_libraries(${name} PRIVATE Qt6::Core)
    target_link_options(${name} PRIVATE "LINKER:-z,undefs") # the program has them
    if(TARGET procession_corekey)
        add_dependencies(${name} procession_corekey)
    endif()
endfunction()

# procession_host_tasks(TARGET): this program, which links Procession::Core or what stands on it, can load libraries of tasks: it has all of Core
# and offers that to them.
function(procession_host_tasks target)
    set_target_properties(${target} PROPERTIES ENABLE_EXPORTS ON)
    foreach(core IN ITEMS ProcessionCore Procession::Core)
        set_target_properties(${target} PROPERTIES LINK_LIBRARY_OVERRIDE_${core} WHOLE_ARCHIVE)
    endforeach()
    target_link_libraries(${target} PRIVATE Procession::Core)
endfunction()
