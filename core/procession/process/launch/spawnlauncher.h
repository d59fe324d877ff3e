// SPDX-License-Identifier: MIT
#pragma once

#include <procession/process/launch/launcher.h>

namespace procession {

/// Executes this program's file, or the one that setExecutable() named, anew.
class SpawnLauncher final : public Launcher
{
public:
    bool isAvailable() const override;
    std::unique_ptr<Child> launch(const ChildSetup &setup, const Work &work, Descriptor lifeline) const override;
};

} // namespace procession
