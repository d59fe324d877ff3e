# SPDX-License-Identifier: MIT
# A layer is a folder: its sources are one object library, its headers one folder of <procession/NAME.h>.
# A layer is compiled with the header folders of itself and of the layers below it, and with no others, so an
# upward #include does not compile.
include(GNUInstallDirs)
set(PROCESSION_CMAKE_DIR "${CMAKE_INSTALL_LIBDIR}/cmake/Procession")

# procession_layer(NAME FOLDER dir [BELOW layer...] [USES target...] [INTERNAL target...] [PRECOMPILED set] [OFFERED])
#   USES      libraries whose headers the layer's headers include
#   INTERNAL  libraries that only its .cpp files use
#   OFFERED   libraries of tasks may use it in a program that loads them, so its functions must not be hidden in their objects.
#             Only programs made by procession_host_tasks() do offer them.
function(procession_layer name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "OFFERED" "FOLDER;PRECOMPILED" "BELOW;USES;INTERNAL")
    set(folder "${PROJECT_SOURCE_DIR}/${arg_FOLDER}")
    file(GLOB sources CONFIGURE_DEPENDS "${folder}/*.cpp")
    file(GLOB headers CONFIGURE_DEPENDS "${folder}/*.h")
    list(REMOVE_ITEM sources "${folder}/main.cpp")
    set(include "${PROJECT_BINARY_DIR}/include/${name}")
    procession_forward_headers("${include}/procession" ${headers})

    set(target "procession_${name}")
    add_library(${target} OBJECT ${sources} ${headers})
    set_target_properties(${target} PROPERTIES AUTOMOC ON)
    set(includes "${include}")
    set(uses ${arg_USES})
    foreach(lower IN LISTS arg_BELOW)
        get_target_property(more procession_${lower} PROCESSION_INCLUDES)
        list(APPEND includes ${more})
        get_target_property(more procession_${lower} PROCESSION_USES)
        list(APPEND uses ${more})
    endforeach()
    list(REMOVE_DUPLICATES includes)
    list(REMOVE_DUPLICATES uses)
    set_target_properties(${target} PROPERTIES
        PROCESSION_INCLUDES "${includes}" PROCESSION_HEADERS "${headers}"
        PROCESSION_USES "${uses}" PROCESSION_OWN_USES "${arg_USES}" PROCESSION_INTERNAL "${arg_INTERNAL}")
    target_include_directories(${target} PRIVATE ${includes})
    target_link_libraries(${target} PRIVATE procession_settings ${uses} ${arg_INTERNAL})
    if(arg_OFFERED)
        procession_offer(${target})
    endif()
    procession_use_precompiled(${target} ${arg_PRECOMPILED})
endfunction()

# Makes folder/NAME.h include each header, by a relative path so that a compiler cache serves every clone, and
# takes away those whose header has gone or moved.
function(procession_forward_headers folder)
    file(GLOB stale "${folder}/*.h")
    foreach(header IN LISTS ARGN)
        cmake_path(GET header FILENAME file)
        cmake_path(RELATIVE_PATH header BASE_DIRECTORY "${folder}" OUTPUT_VARIABLE relative)
        file(CONFIGURE OUTPUT "${folder}/${file}" CONTENT "#include \"${relative}\"\n" @ONLY)
        list(REMOVE_ITEM stale "${folder}/${file}")
    endforeach()
    if(stale)
        file(REMOVE ${stale})
    endif()
endfunction()

# procession_library(NAME LAYERS layer... [USES library...]): an installed and exported library Procession::NAME.
function(procession_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LAYERS;USES")
    set(target "Procession${name}")
    add_library(${target} STATIC)
    add_library(Procession::${name} ALIAS ${target})
    set_target_properties(${target} PROPERTIES EXPORT_NAME ${name} LINKER_LANGUAGE CXX)
    target_compile_features(${target} PUBLIC cxx_std_20)
    foreach(layer IN LISTS arg_LAYERS)
        target_sources(${target} PRIVATE $<TARGET_OBJECTS:procession_${layer}>)
        get_target_property(includes procession_${layer} PROCESSION_INCLUDES)
        get_target_property(headers procession_${layer} PROCESSION_HEADERS)
        get_target_property(uses procession_${layer} PROCESSION_OWN_USES)
        get_target_property(internal procession_${layer} PROCESSION_INTERNAL)
        list(GET includes 0 own)
        target_include_directories(${target} PUBLIC "$<BUILD_INTERFACE:${own}>")
        target_link_libraries(${target} PUBLIC ${uses} PRIVATE ${internal})
        install(FILES ${headers} DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/procession" COMPONENT ${name})
    endforeach()
    foreach(library IN LISTS arg_USES)
        target_link_libraries(${target} PUBLIC Procession${library})
    endforeach()
    install(TARGETS ${target} EXPORT Procession${name}Targets COMPONENT ${name}
        INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
    install(EXPORT Procession${name}Targets NAMESPACE Procession:: DESTINATION "${PROCESSION_CMAKE_DIR}" COMPONENT ${name})
endfunction()

# procession_core_key(NAME LAYERS layer...): corekey.h of the library NAME, which changes when any header of these layers does.
function(procession_core_key name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LAYERS")
    set(headers)
    foreach(layer IN LISTS arg_LAYERS)
        get_target_property(more procession_${layer} PROCESSION_HEADERS)
        list(APPEND headers ${more})
    endforeach()
    set(folder "${PROJECT_BINARY_DIR}/include/corekey")
    set(key "${folder}/procession/corekey.h")
    list(JOIN headers "\n" lines)
    file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/coreheaders.txt" CONTENT "${lines}\n" @ONLY)
    add_custom_command(OUTPUT "${key}.stamp" BYPRODUCTS "${key}"
        COMMAND ${CMAKE_COMMAND} -D "OUTPUT=${key}" -D "VERSION=${PROJECT_VERSION}"
            -D "LIST=${PROJECT_BINARY_DIR}/coreheaders.txt" -P "${PROJECT_SOURCE_DIR}/cmake/ProcessionCoreKey.cmake"
        COMMAND ${CMAKE_COMMAND} -E touch "${key}.stamp"
        DEPENDS ${headers} "${PROJECT_SOURCE_DIR}/cmake/ProcessionCoreKey.cmake" "${PROJECT_BINARY_DIR}/coreheaders.txt"
        COMMENT "" VERBATIM)
    add_custom_target(procession_corekey DEPENDS "${key}.stamp")
    target_include_directories(Procession${name} PUBLIC "$<BUILD_INTERFACE:${folder}>")
    install(FILES "${key}" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/procession" COMPONENT ${name})
    foreach(layer IN LISTS arg_LAYERS)
        target_include_directories(procession_${layer} PRIVATE "${folder}")
        add_dependencies(procession_${layer} procession_corekey)
    endforeach()
endfunction()

# find_package(Procession): called once, after every procession_library().
function(procession_install_package)
    include(CMakePackageConfigHelpers)
    configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/ProcessionConfig.cmake.in"
        "${PROJECT_BINARY_DIR}/ProcessionConfig.cmake" INSTALL_DESTINATION "${PROCESSION_CMAKE_DIR}" NO_SET_AND_CHECK_MACRO)
    write_basic_package_version_file("${PROJECT_BINARY_DIR}/ProcessionConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
    install(FILES "${PROJECT_BINARY_DIR}/ProcessionConfig.cmake" "${PROJECT_BINARY_DIR}/ProcessionConfigVersion.cmake"
        "${PROJECT_SOURCE_DIR}/cmake/ProcessionTasks.cmake" "${PROJECT_SOURCE_DIR}/cmake/ProcessionTaskLibrary.cpp"
        DESTINATION "${PROCESSION_CMAKE_DIR}" COMPONENT Core)
endfunction()
