// SPDX-License-Identifier: MIT
#include <procession/job/run/jobbatch.h>

#include <procession/job/run/commandbatch.h>
#include <procession/job/run/functionbatch.h>

namespace procession {

std::shared_ptr<const JobBatch> JobBatch::of(BatchDefinition definition)
{
    if (definition.callsFunction())
        return std::make_shared<FunctionBatch>(std::move(definition));
    return std::make_shared<CommandBatch>(std::move(definition));
}

qsizetype JobBatch::count() const { return isGrowing() ? m_definition.growing->rowCount() : m_definition.inputs.rowCount(); }

QByteArrayList JobBatch::arguments(TaskIndex task) const
{
    return isGrowing() ? m_definition.growing->row(task) : m_definition.inputs.row(task);
}

QByteArray JobBatch::storedInputs(TaskIndex first, qsizetype count) const
{
    return isGrowing() ? m_definition.growing->rows(first, count).serialize() : QByteArray();
}

} // namespace procession
