// SPDX-License-Identifier: MIT
#pragma once

#include <procession/executor.h>

#include <QtCore/QString>

#include <vector>

namespace procession {

/// What an executor is given beside its batch.
///
/// \code
/// auto executor = batch->makeExecutor({.spoolFolder = folder, .keptDescriptors = inheritableDescriptors()});
/// \endcode
struct ExecutorSetup
{
    QString spoolFolder; ///< an existing folder, where large output goes
    OutputListener listener{}; ///< may be empty
    std::vector<int> keptDescriptors{}; ///< descriptors that commands inherit under the same numbers; functions do not
};

} // namespace procession
