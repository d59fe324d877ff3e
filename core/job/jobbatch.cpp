// SPDX-License-Identifier: MIT
#include <procession/jobbatch.h>

#include <procession/commandbatch.h>
#include <procession/functionbatch.h>

namespace procession {

std::shared_ptr<const JobBatch> JobBatch::of(BatchDefinition definition)
{
    if (definition.callsFunction())
        return std::make_shared<FunctionBatch>(std::move(definition));
    return std::make_shared<CommandBatch>(std::move(definition));
}

} // namespace procession
