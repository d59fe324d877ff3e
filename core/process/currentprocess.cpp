// SPDX-License-Identifier: MIT
#include <procession/currentprocess.h>

#include <procession/ownprocess.h>

#include <QtCore/QCoreApplication>

#include <thread>

namespace procession {

QString CurrentProcess::name() const { return OwnProcess::get().name(); }

void CurrentProcess::setName(const QString &name) { OwnProcess::get().setName(name); }

qint64 CurrentProcess::pid() const { return QCoreApplication::applicationPid(); }

std::vector<int> CurrentProcess::identity() const { return OwnProcess::get().setup().identity; }

bool CurrentProcess::isDaemon() const { return OwnProcess::get().setup().isDaemon; }

QByteArray CurrentProcess::authKey() const { return OwnProcess::get().authKey(); }

void CurrentProcess::setAuthKey(const QByteArray &key) { OwnProcess::get().setAuthKey(key); }

CurrentProcess currentProcess() { return {}; }

std::optional<ProcessHandle> parentProcess()
{
    const ProcessHandle &parent = OwnProcess::get().parent();
    return parent.isNull() ? std::nullopt : std::optional(parent);
}

std::vector<ProcessHandle> activeChildren() { return OwnProcess::get().activeChildren(); }

int cpuCount() { return static_cast<int>(std::thread::hardware_concurrency()); }

} // namespace procession
