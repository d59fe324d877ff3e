// SPDX-License-Identifier: MIT
#include <procession/shared/rawarray.h>

namespace procession {

void detail::failLength(std::size_t given, std::size_t size)
{
    throw ValueError(std::to_string(given) + " values cannot take the place of the " + std::to_string(size)
        + " elements of a shared array: its length is fixed, give as many");
}

} // namespace procession
