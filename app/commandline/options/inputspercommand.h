// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/run/commandbatch.h>

#include <functional>
#include <optional>

namespace procession {

class GivenOptions;

/// How many inputs a command gets: `-N`, `-n`, `-X`, `-m`, `--xargs` and `-s`.
class InputsPerCommand
{
public:
    InputsPerCommand() = default;
    /// \throws UsageError
    explicit InputsPerCommand(const GivenOptions &given);

    /// Groups the inputs of a batch whose command and inputs are set. Growing inputs are left to their stream.
    /// \param workers  returns the number of workers for a number of tasks
    /// \throws UsageError when there is no command; InvalidInput as filledGroups()
    void apply(BatchDefinition &definition, const std::function<int(qsizetype tasks)> &workers) const;

    /// How many rows of input make one task, where that is known without all inputs.
    std::optional<int> fixedCount() const;

private:
    bool isBounded() const { return m_fills || m_characters > 0; }

    CommandTemplate::Spread m_spread = CommandTemplate::Spread::Joined;
    int m_most = 0; // 0: not said
    bool m_fills = false; // as many as fit
    bool m_divides = false; // what is left at the end, among the workers
    int m_characters = 0; // 0: not said
};

} // namespace procession
