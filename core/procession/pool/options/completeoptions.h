// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/options/pooloptions.h>

namespace procession {

/// The options of a pool with all of them set. \throws PoolError naming what cannot be, and what can
PoolOptions completed(PoolOptions options);

} // namespace procession
