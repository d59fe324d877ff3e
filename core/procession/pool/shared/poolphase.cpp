// SPDX-License-Identifier: MIT
#include <procession/pool/shared/poolphase.h>

namespace procession {

const char *nameOf(PoolPhase phase)
{
    switch (phase) {
    case PoolPhase::Open:
        return "open";
    case PoolPhase::Paused:
        return "paused";
    case PoolPhase::Closed:
        return "closed";
    case PoolPhase::Terminated:
        return "terminated";
    case PoolPhase::Broken:
        return "broken";
    }
    return "";
}

} // namespace procession
