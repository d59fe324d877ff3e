// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

#include <optional>

namespace procession {

/// How a Process is started. (Reference: Contexts and start methods)
///
/// | method | what happens | notes |
/// |---|---|---|
/// | `ForkServer` | a small helper, started once, copies itself | the default: fast, whatever this program's size and threads |
/// | `Spawn` | this program's executable is started anew | takes some milliseconds; nothing at all is inherited |
/// | `Fork` | this process is copied with all its memory | the copy lacks the other threads, and the locks they held stay locked |
/// | `Thread` | a thread of this process | no crash isolation; the same API, as `multiprocessing.dummy` |
///
/// **Random numbers**: in a child process, QRandomGenerator::global(), rand(), random() and
/// drand48() are seeded from the system before its work starts, whatever the parent had seeded;
/// std::random_device, QRandomGenerator::system() and securelySeeded() differ anyway. A random
/// engine of the program does not: `static std::mt19937 engine(std::random_device{}())` is seeded
/// before the copy is made, so by `Fork` and `ForkServer` all children draw the same numbers. Seed
/// it in the child, see processSeed().
///
/// **Libraries**: `ForkServer` works correctly with libraries that register handlers for fork() or
/// start threads when they are loaded. It then takes two to three times as long, and with threads
/// the constructors of static objects run in each child. State that a library has built up in
/// *this* process is missing in children by `ForkServer` and `Spawn`; by `Fork` it is copied,
/// except its threads. docs/start-methods.md has a table.
///
/// **Settings**: a child process has the working directory, environment, umask, limits (setrlimit),
/// niceness and processors that the starting thread has at that moment, and the rights of this
/// process. By `ForkServer`, constructors of libraries may have seen the environment as it was when
/// the first child was started. Namespaces, control groups and the scheduling policy are those of
/// that time; so are Landlock rules, and system call filters that are added by a process which
/// already has filters: enter a sandbox before the first start.
///
/// A program chooses a method by setStartMethod() or a Context. If it does not, its user can do so
/// by the environment variable PROCESSION_START_METHOD.
enum class StartMethod : quint8 { ForkServer, Spawn, Fork, Thread };

/// "forkserver", "spawn", "fork", "thread"; as in the reference.
QString nameOf(StartMethod method);
std::optional<StartMethod> startMethodNamed(QStringView name);

} // namespace procession
