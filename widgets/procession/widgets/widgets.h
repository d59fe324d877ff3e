// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// \file
/// All of Procession::Widgets that programs use: the views of a job, and the dialogs that make one.

#include <procession/text/displaytext.h>
#include <procession/text/errortext.h>
#include <procession/text/statetext.h>
#include <procession/widgets/batch/batchdraft.h>
#include <procession/widgets/batch/newbatchdialog.h>
#include <procession/widgets/batch/startpage.h>
#include <procession/widgets/common/durationhistogram.h>
#include <procession/widgets/common/outcomecolors.h>
#include <procession/widgets/common/sampleseries.h>
#include <procession/widgets/common/statedelegate.h>
#include <procession/widgets/common/tableview.h>
#include <procession/widgets/inputs/inputsource.h>
#include <procession/widgets/progress/depthchart.h>
#include <procession/widgets/progress/jobheader.h>
#include <procession/widgets/progress/outcomebar.h>
#include <procession/widgets/progress/progressestimate.h>
#include <procession/widgets/progress/workermodel.h>
#include <procession/widgets/progress/workerview.h>
#include <procession/widgets/tasks/outputpane.h>
#include <procession/widgets/tasks/taskdetails.h>
#include <procession/widgets/tasks/taskfilter.h>
#include <procession/widgets/tasks/taskmodel.h>
#include <procession/widgets/tasks/taskview.h>
