// SPDX-License-Identifier: MIT
#include <procession/process/launch/launchers.h>

#include <procession/process/launch/forklauncher.h>
#include <procession/process/launch/forkserverlauncher.h>
#include <procession/process/launch/spawnlauncher.h>
#include <procession/process/launch/threadlauncher.h>

namespace procession {

const Launcher &launcherFor(StartMethod method)
{
    static const ForkServerLauncher forkServer;
    static const SpawnLauncher spawn;
    static const ForkLauncher fork;
    static const ThreadLauncher thread;
    switch (method) {
    case StartMethod::ForkServer:
        return forkServer;
    case StartMethod::Spawn:
        return spawn;
    case StartMethod::Fork:
        return fork;
    case StartMethod::Thread:
        break;
    }
    return thread;
}

} // namespace procession
