// SPDX-License-Identifier: MIT
#pragma once

#include <procession/monitor/snapshot.h>

// What a test looks for in a Snapshot.

inline const procession::MonitoredObject *named(const procession::Snapshot &snapshot, const QString &name)
{
    for (const procession::MonitoredObject &object : snapshot.objects) {
        if (object.name == name)
            return &object;
    }
    return nullptr;
}

inline const procession::MonitoredProcess *withPid(const procession::Snapshot &snapshot, qint64 pid)
{
    for (const procession::MonitoredProcess &process : snapshot.processes) {
        if (process.pid == pid && !process.isThread)
            return &process;
    }
    return nullptr;
}

inline procession::LockDetails lockNamed(const procession::Snapshot &snapshot, const QString &name)
{
    const procession::MonitoredObject *object = named(snapshot, name);
    const auto *details = object ? std::get_if<procession::LockDetails>(&object->details) : nullptr;
    return details ? *details : procession::LockDetails();
}

inline procession::QueueDetails queueNamed(const procession::Snapshot &snapshot, const QString &name)
{
    const procession::MonitoredObject *object = named(snapshot, name);
    const auto *details = object ? std::get_if<procession::QueueDetails>(&object->details) : nullptr;
    return details ? *details : procession::QueueDetails();
}
