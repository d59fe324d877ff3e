// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/engine/executor.h>
#include <procession/job/output/spoolfolder.h>

#include <vector>

namespace procession {

/// What an executor is given beside its batch.
///
/// \code
/// auto executor = batch->makeExecutor({.spoolFolder = SpoolFolder("/tmp/output"), .keptDescriptors = {3, 4}});
/// \endcode
struct ExecutorSetup
{
    SpoolFolder spoolFolder; ///< where large output goes
    OutputListener listener{}; ///< may be empty
    std::vector<int> keptDescriptors{}; ///< descriptors that commands inherit under the same numbers; functions do not
    /// Whether this program takes in what its commands leave behind (see Orphans): for programs that do little else. Without it, a command that has
    /// ended by itself leaves behind what has left its process group.
    bool adoptsOrphans = false;
};

} // namespace procession
