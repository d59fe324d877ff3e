// SPDX-License-Identifier: MIT
#pragma once

#include <procession/process/functions/registeredfunction.h>

/// \file
/// What a library of tasks includes: functions that programs call which were built without it, `procession run --function` and the
/// workbench for example.
///
/// \code
/// // imagetasks.cpp
/// #include <procession/registertask.h>
///
/// QString thumbnail(const QString &file, int size) { … }
///
/// PROCESSION_REGISTER_TASK("thumbnail", &thumbnail)
/// \endcode
///
/// \code
/// # CMakeLists.txt
/// find_package(Procession REQUIRED COMPONENTS Core)
/// procession_add_tasks(imagetasks SOURCES imagetasks.cpp)
/// \endcode
///
/// Such a library has no Procession in it: it uses that of the program that loads it (a TaskLibrary), which was made for that by
/// procession_host_tasks(TARGET) and by the same version of Procession.

namespace procession {
struct TaskLibraryInfo;
}

/// The library's own, made by procession_add_tasks().
extern "C" [[gnu::visibility("protected")]] const procession::TaskLibraryInfo processionTaskLibrary;

namespace procession {

/// Adds a function to those of a library, while that is being loaded.
void addTaskFunction(const TaskLibraryInfo *library, const RegisteredFunction &function);

/// What PROCESSION_REGISTER_TASK makes.
class TaskRegistration
{
public:
    template <typename Result, typename... Parameters>
    TaskRegistration(const TaskLibraryInfo *library, const QString &name, Result (*function)(Parameters...))
    {
        addTaskFunction(library, makeRegisteredFunction(name, function));
    }
};

} // namespace procession

#define PROCESSION_TASK_NAME_OF(counter) processionTask##counter
#define PROCESSION_TASK_NAME(counter) PROCESSION_TASK_NAME_OF(counter)

/// Offers a function to whoever loads this library of tasks. Outside of functions and classes.
/// \param name      a string literal
/// \param function  takes and returns types that QVariant can hold, as for registerFunction()
#define PROCESSION_REGISTER_TASK(name, function)                                                                                 \
    static const ::procession::TaskRegistration PROCESSION_TASK_NAME(__COUNTER__)(                                               \
        &::processionTaskLibrary, QStringLiteral(name), function);
