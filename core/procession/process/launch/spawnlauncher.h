// SPDX-License-Identifier: MIT
#pragma once

#include <procession/process/launch/launcher.h>

namespace procession {

/// Executes the file of this program, or the one set by setExecutable(), for each child.
class SpawnLauncher final : public Launcher
{
public:
    bool isAvailable() const override;
    std::unique_ptr<Child> launch(const ChildSetup &setup, const Work &work, Descriptor lifeline) const override;
};

} // namespace procession
