// SPDX-License-Identifier: MIT
#pragma once

#include <procession/process/launch/launcher.h>

namespace procession {

/// Starts children as copies of this process's fork server.
class ForkServerLauncher final : public Launcher
{
public:
    bool isAvailable() const override;
    std::unique_ptr<Child> launch(const ChildSetup &setup, const Work &work, Descriptor lifeline) const override;
};

} // namespace procession
