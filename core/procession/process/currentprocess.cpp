// SPDX-License-Identifier: MIT
#include <procession/process/currentprocess.h>

#include <procession/process/child/processruntime.h>

#include <QtCore/QCoreApplication>

#include <thread>

namespace procession {

QString CurrentProcess::name() const { return ProcessRuntime::get().name(); }

void CurrentProcess::setName(const QString &name) { ProcessRuntime::get().setName(name); }

qint64 CurrentProcess::pid() const { return QCoreApplication::applicationPid(); }

std::vector<int> CurrentProcess::identity() const { return ProcessRuntime::get().setup().identity; }

bool CurrentProcess::isDaemon() const { return ProcessRuntime::get().setup().isDaemon; }

QByteArray CurrentProcess::authKey() const { return ProcessRuntime::get().authKey(); }

void CurrentProcess::setAuthKey(const QByteArray &key) { ProcessRuntime::get().setAuthKey(key); }

CurrentProcess currentProcess() { return {}; }

namespace {

/// One step of SplitMix64: each bit of the input changes about half of the bits of the output.
quint64 mixed(quint64 number)
{
    number += 0x9e3779b97f4a7c15;
    number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9;
    number = (number ^ (number >> 27)) * 0x94d049bb133111eb;
    return number ^ (number >> 31);
}

} // namespace

quint64 processSeed(quint64 base)
{
    quint64 seed = mixed(base);
    for (const int number : currentProcess().identity())
        seed = mixed(seed ^ static_cast<quint64>(number));
    return seed;
}

std::optional<ProcessHandle> parentProcess()
{
    const ProcessHandle &parent = ProcessRuntime::get().parent();
    return parent.isNull() ? std::nullopt : std::optional(parent);
}

std::vector<ProcessHandle> activeChildren() { return ProcessRuntime::get().activeChildren(); }

int cpuCount() { return static_cast<int>(std::thread::hardware_concurrency()); }

} // namespace procession
