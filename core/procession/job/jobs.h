// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// All of Procession::Job that programs use: jobs of commands and functions, their inputs, their records.

#include <procession/job/engine/executor.h>
#include <procession/job/engine/job.h>
#include <procession/job/inputs/growinginputs.h>
#include <procession/job/inputs/inputreader.h>
#include <procession/job/inputs/inputtable.h>
#include <procession/job/output/joblog.h>
#include <procession/job/output/livelines.h>
#include <procession/job/output/outputreader.h>
#include <procession/job/output/outputrule.h>
#include <procession/job/output/outputsequencer.h>
#include <procession/job/output/resultsfolder.h>
#include <procession/job/output/spoolfolder.h>
#include <procession/job/output/temporaryfolder.h>
#include <procession/job/run/batchdefinition.h>
#include <procession/job/run/batchrun.h>
#include <procession/job/run/commandbatch.h>
#include <procession/job/run/commandexecutor.h>
#include <procession/job/run/functionbatch.h>
#include <procession/job/run/functioncall.h>
#include <procession/job/run/functionexecutor.h>
#include <procession/job/run/inputfeed.h>
#include <procession/job/run/jobbatch.h>
#include <procession/job/run/resultscompletion.h>
#include <procession/job/store/jobhistory.h>
#include <procession/job/store/jobrecorder.h>
#include <procession/job/store/jobstore.h>
#include <procession/job/store/jobstoreerror.h>
#include <procession/job/task/addedtasks.h>
#include <procession/job/task/attempt.h>
#include <procession/job/task/haltrule.h>
#include <procession/job/task/jobobserver.h>
#include <procession/job/task/joboptions.h>
#include <procession/job/task/states.h>
#include <procession/job/task/taskfeed.h>
#include <procession/job/task/tasksource.h>
#include <procession/job/template/commandtemplate.h>
