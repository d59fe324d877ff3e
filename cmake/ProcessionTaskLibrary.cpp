// SPDX-License-Identifier: MIT
// What procession_add_tasks() compiles into each library of tasks: by this it is known, and what it was built for.
#include <procession/process/functions/registertask.h>
#include <procession/process/functions/tasklibraryinfo.h>

extern "C" [[gnu::used]] constinit const procession::TaskLibraryInfo processionTaskLibrary = procession::CurrentTaskLibraryInfo;
