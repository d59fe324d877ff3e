// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/task/states.h>

#include <QtGui/QIcon>

namespace procession {

/// The outcome of a job, as a coloured dot shows it.
struct JobOutcome
{
    JobState state = JobState::Ready;
    bool unsuccessful = false; ///< it has finished, and some of its tasks are not done
};

/// A dot in the colour of the job's state, for the palette of the application as it is now.
QIcon jobDot(const JobOutcome &outcome);

} // namespace procession
