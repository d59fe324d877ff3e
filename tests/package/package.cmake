# SPDX-License-Identifier: MIT
# Builds and runs tests/package/consumer, and with the installed package the examples and what the README shows, in folders of their
# own; see CMakeLists.txt.
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
file(COPY "${SOURCE}/tests/package/consumer/" DESTINATION "${FOLDER}/source")
set(options -G "${GENERATOR}" "-DCMAKE_BUILD_TYPE=${BUILD_TYPE}" "-DCMAKE_CXX_COMPILER=${COMPILER}"
    "-DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}" "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Werror" "-DCMAKE_CXX_FLAGS_DEBUG=-O0")
if(SANITIZERS)
    list(APPEND options "-DCMAKE_CXX_FLAGS=-fsanitize=${SANITIZERS}")
endif()

if(WAY STREQUAL "installed")
    run(${CMAKE_COMMAND} --install "${BUILD}" --prefix "${FOLDER}/prefix")
    run(${CMAKE_COMMAND} -S "${FOLDER}/source" -B "${FOLDER}/build" ${options} "-DCMAKE_PREFIX_PATH=${FOLDER}/prefix")
    run(${CMAKE_COMMAND} --build "${FOLDER}/build")
else()
    run(${CMAKE_COMMAND} -S "${FOLDER}/source" -B "${FOLDER}/build" ${options} "-DPROCESSION_SOURCE=${SOURCE}"
        -DCMAKE_UNITY_BUILD=ON -DCMAKE_UNITY_BUILD_BATCH_SIZE=16) # as some projects build all they take in; and in a fifth of the time
    run(${CMAKE_COMMAND} --build "${FOLDER}/build" --target core host nohost tasks)
endif()
run("${FOLDER}/build/core")
expect("exit code 3")
run("${FOLDER}/build/host")
expect("^hello hello bob\nhello eve from a worker\n$")
execute_process(COMMAND "${FOLDER}/build/nohost" RESULT_VARIABLE result OUTPUT_VARIABLE output)
expect("call procession_host_tasks\\(\\) for it in CMake")

if(WAY STREQUAL "installed")
    # The README's first program, by the README's CMakeLists.txt.
    file(READ "${SOURCE}/README.md" readme)
    string(REGEX MATCH "```cmake\n([^`]*)```" found "${readme}")
    file(WRITE "${FOLDER}/readme/CMakeLists.txt" "${CMAKE_MATCH_1}")
    string(REGEX MATCH "```cpp\n([^`]*)```" found "${readme}")
    file(WRITE "${FOLDER}/readme/hello.cpp" "${CMAKE_MATCH_1}")
    run(${CMAKE_COMMAND} -S "${FOLDER}/readme" -B "${FOLDER}/readme/build" ${options} "-DCMAKE_PREFIX_PATH=${FOLDER}/prefix")
    run(${CMAKE_COMMAND} --build "${FOLDER}/readme/build")
    run("${FOLDER}/readme/build/hello")
    string(REGEX MATCH "^this is ([0-9]+)\nhello bob from [0-9]+, child of ([0-9]+)\n42 hello\n$" found "${output}")
    if(NOT found OR NOT CMAKE_MATCH_1 STREQUAL CMAKE_MATCH_2)
        message(FATAL_ERROR "The README's first program printed:\n${output}")
    endif()

    # The examples.
    file(COPY "${SOURCE}/examples" DESTINATION "${FOLDER}")
    run(${CMAKE_COMMAND} -S "${FOLDER}/examples" -B "${FOLDER}/examples/build" ${options} "-DCMAKE_PREFIX_PATH=${FOLDER}/prefix")
    run(${CMAKE_COMMAND} --build "${FOLDER}/examples/build")
    file(GLOB expected "${FOLDER}/examples/expected/*.txt")
    foreach(file IN LISTS expected)
        cmake_path(GET file STEM name)
        run("${PYTHON}" "${SOURCE}/tests/examples/run_example.py" "${FOLDER}/examples/build/bin/${name}" "${file}")
    endforeach()
    # The one on batches: the checksum of its own source, by a batch and by CMake.
    run("${FOLDER}/examples/build/bin/batch" "${FOLDER}/examples/batch.cpp")
    file(SHA256 "${FOLDER}/examples/batch.cpp" checksum)
    if(NOT output STREQUAL "${checksum}  ${FOLDER}/examples/batch.cpp\n")
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
