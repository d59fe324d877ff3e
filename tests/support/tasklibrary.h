// SPDX-License-Identifier: MIT
#pragma once

#include <procession/process/process.h>

/// What the library of tasks gives away: a process that runs a function of the library.
using MakeProcess
    = std::unique_ptr<procession::Process> (*)(procession::StartMethod method, const procession::Connection &answer);
