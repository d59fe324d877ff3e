// SPDX-License-Identifier: MIT
#include <procession/taskoutcome.h>

namespace procession {

const char *nameOf(TaskOutcome outcome)
{
    switch (outcome) {
    case TaskOutcome::Done:
        return "done";
    case TaskOutcome::Dropped:
        return "dropped";
    }
    return "";
}

} // namespace procession
