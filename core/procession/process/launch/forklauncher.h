// SPDX-License-Identifier: MIT
#pragma once

#include <procession/process/launch/launcher.h>

namespace procession {

/// Copies this process.
class ForkLauncher final : public Launcher
{
public:
    bool isAvailable() const override { return true; }
    std::unique_ptr<Child> launch(const ChildSetup &setup, const Work &work, Descriptor lifeline) const override;
};

} // namespace procession
