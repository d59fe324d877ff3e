# SPDX-License-Identifier: MIT
# Builds and runs tests/package/consumer in a folder of its own, see CMakeLists.txt.
function(run)
    execute_process(COMMAND ${ARGV} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT result EQUAL 0)
        list(JOIN ARGV " " command)
        message(FATAL_ERROR "${command}\nended with ${result}:\n${output}")
    endif()
    set(output "${output}" PARENT_SCOPE)
endfunction()

function(expect pattern)
    if(NOT output MATCHES "${pattern}")
        message(FATAL_ERROR "Expected ${pattern} and got:\n${output}")
    endif()
endfunction()

file(REMOVE_RECURSE "${FOLDER}")
file(MAKE_DIRECTORY "${FOLDER}")
file(COPY "${SOURCE}/tests/package/consumer/" "${SOURCE}/examples/batch.cpp" DESTINATION "${FOLDER}/source")
set(options -G "${GENERATOR}" "-DCMAKE_BUILD_TYPE=${BUILD_TYPE}" "-DCMAKE_CXX_COMPILER=${COMPILER}"
    "-DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}" "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Werror")
if(SANITIZERS)
    list(APPEND options "-DCMAKE_CXX_FLAGS=-fsanitize=${SANITIZERS}")
endif()

if(WAY STREQUAL "installed")
    run(${CMAKE_COMMAND} --install "${BUILD}" --prefix "${FOLDER}/prefix")
    run(${CMAKE_COMMAND} -S "${FOLDER}/source" -B "${FOLDER}/build" ${options} "-DCMAKE_PREFIX_PATH=${FOLDER}/prefix")
    run(${CMAKE_COMMAND} --build "${FOLDER}/build")
else()
    run(${CMAKE_COMMAND} -S "${FOLDER}/source" -B "${FOLDER}/build" ${options} "-DPROCESSION_SOURCE=${SOURCE}")
    run(${CMAKE_COMMAND} --build "${FOLDER}/build" --target core)
endif()
run("${FOLDER}/build/core")
expect("exit code 3")

if(WAY STREQUAL "installed")
    # The README's example: the checksum of its own source, by a batch and by CMake.
    run("${FOLDER}/build/batch" "${FOLDER}/source/batch.cpp")
    file(SHA256 "${FOLDER}/source/batch.cpp" checksum)
    if(NOT output STREQUAL "${checksum}  ${FOLDER}/source/batch.cpp\n")
        message(FATAL_ERROR "Expected the checksum ${checksum} and got:\n${output}")
    endif()

    # A component that does not exist is refused by name.
    execute_process(COMMAND ${CMAKE_COMMAND} -S "${FOLDER}/source" -B "${FOLDER}/refused" ${options}
        "-DCMAKE_PREFIX_PATH=${FOLDER}/prefix" -DCOMPONENT=Parade RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
    expect("There is no component \"Parade\" here, only: Core, Job")
    if(result EQUAL 0)
        message(FATAL_ERROR "A component that does not exist was found:\n${output}")
    endif()
endif()
