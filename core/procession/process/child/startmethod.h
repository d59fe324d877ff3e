// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

#include <optional>

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
/// **Libraries**: `ForkServer` is right with libraries that register handlers for fork() or start threads when they are loaded; it then
/// takes two to three times as long, and with threads constructors of static objects run in each child. What a library has done in *this* process
/// is not in children by `ForkServer` and `Spawn`; by `Fork` it is, but for its threads. docs/start-methods.md has a table.
///
/// **Settings**: a child that is a process has the working directory, environment, umask, limits (setrlimit), niceness and processors
/// that the thread which starts it has then, and the rights of this process. By `ForkServer`, constructors of libraries may have seen
/// the environment as it was when the first child was started. Namespaces, control groups and the scheduling policy are those of that
/// time; so are Landlock rules, and system call filters that a process with filters adds: enter a sandbox before the first start.
///
/// A program chooses one by setStartMethod() or a Context; its user, where the program does not, by the environment variable
/// PROCESSION_START_METHOD.
enum class StartMethod : quint8 { ForkServer, Spawn, Fork, Thread };

/// "forkserver", "spawn", "fork", "thread"; as in the reference.
QString nameOf(StartMethod method);
std::optional<StartMethod> startMethodNamed(QStringView name);

} // namespace procession
