// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/options/pooloptions.h>

namespace procession {

/// The options with every unset one filled in. \throws PoolError naming the bad value and the allowed ones
PoolOptions completed(PoolOptions options);

} // namespace procession
