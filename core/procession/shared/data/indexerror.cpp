// SPDX-License-Identifier: MIT
#include <procession/shared/data/indexerror.h>

namespace procession {

IndexError::IndexError(const char *what, quint64 index, quint64 size)
    : ProcessError(std::string(what) + " of " + std::to_string(size) + " elements has no element " + std::to_string(index)
        + (size == 0 ? ": it is empty" : ": the last one is " + std::to_string(size - 1)))
{
}

} // namespace procession
