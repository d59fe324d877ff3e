// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

#include <optional>
#include <vector>

namespace procession {

/// How a Process comes to life. (Reference: Contexts and start methods)
///
/// | method | what happens | mind |
/// |---|---|---|
/// | `ForkServer` | a small helper, started once, copies itself | the default: fast, whatever this program's size and threads |
/// | `Spawn` | this program's executable is started anew | some milliseconds; nothing at all is inherited |
/// | `Fork` | this process is copied with all its memory | other threads are missing in the copy, and whatever they had locked stays locked |
/// | `Thread` | a thread of this process | no crash isolation; the same API, as `multiprocessing.dummy` |
///
/// **Random numbers**: in a child that is a process QRandomGenerator::global(), rand(), random() and drand48() are seeded anew from the
/// system before its work begins, whatever the parent had seeded; std::random_device, QRandomGenerator::system() and securelySeeded()
/// differ anyway. An engine of the program's own does not: `static std::mt19937 engine(std::random_device{}())` is seeded before the
/// copy is made, and by `Fork` and `ForkServer` all children draw the same numbers. Seed it in the child, see processSeed().
///
/// A program chooses one by setStartMethod() or a Context; its user, where the program does not, by the environment variable
/// PROCESSION_START_METHOD.
enum class StartMethod : quint8 { ForkServer, Spawn, Fork, Thread };

/// "forkserver", "spawn", "fork", "thread"; as in the reference.
QString nameOf(StartMethod method);
std::optional<StartMethod> startMethodNamed(QStringView name);

/// Whether processes can be started so: `ForkServer` and `Spawn` need an executable file of this program, or of setExecutable(), that
/// may be executed.
bool isAvailable(StartMethod method);

/// Those that are available, first the default of a program that runs without PROCESSION_START_METHOD. (Reference: get_all_start_methods)
std::vector<StartMethod> allStartMethods();

} // namespace procession
