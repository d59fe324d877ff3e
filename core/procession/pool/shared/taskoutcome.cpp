// SPDX-License-Identifier: MIT
#include <procession/pool/shared/taskoutcome.h>

namespace procession {

const char *nameOf(TaskOutcome outcome)
{
    switch (outcome) {
    case TaskOutcome::Done:
        return "done";
    case TaskOutcome::Dropped:
        return "dropped";
    case TaskOutcome::Lost:
        return "lost";
    case TaskOutcome::TimedOut:
        return "timed out";
    case TaskOutcome::TooLarge:
        return "too large";
    case TaskOutcome::Cancelled:
        return "cancelled";
    }
    return "";
}

} // namespace procession
