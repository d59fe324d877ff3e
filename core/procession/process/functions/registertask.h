// SPDX-License-Identifier: MIT
#pragma once

#include <procession/process/functions/registeredfunction.h>

/// \file
/// The header for libraries of tasks: functions for programs that were built without them, such as
/// `procession run --function` and the workbench.
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
/// Such a library does not contain Procession: it uses the one in the program that loads it (by
/// TaskLibrary). That program must be set up for it by procession_host_tasks(TARGET), with the same
/// version of Procession.

namespace procession {
struct TaskLibraryInfo;
}

/// Defined in the library by procession_add_tasks().
extern "C" [[gnu::visibility("protected")]] const procession::TaskLibraryInfo processionTaskLibrary;

namespace procession {

/// Adds a function to a library while the library is being loaded.
void addTaskFunction(const TaskLibraryInfo *library, const RegisteredFunction &function);

/// The object that PROCESSION_REGISTER_TASK defines.
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

/// Offers a function to programs that load this library of tasks. To be used at namespace scope.
/// \param name      a string literal
/// \param function  its parameters and result have types that QVariant can hold, as for
/// registerFunction()
#define PROCESSION_REGISTER_TASK(name, function)                                                                                 \
    static const ::procession::TaskRegistration PROCESSION_TASK_NAME(__COUNTER__)(                                               \
        &::processionTaskLibrary, QStringLiteral(name), function);
