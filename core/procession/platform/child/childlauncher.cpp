// SPDX-License-Identifier: MIT
#include <procession/platform/child/childlauncher.h>

#include <procession/platform/base/systemcall.h>
#include <procession/platform/child/programlaunch.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <paths.h>
#include <unistd.h>

namespace procession {

namespace {

std::vector<char *> pointersTo(const QByteArrayList &strings)
{
    std::vector<char *> pointers;
    pointers.reserve(static_cast<std::size_t>(strings.size()) + 1);
    for (const QByteArray &string : strings)
        pointers.push_back(const_cast<char *>(string.constData()));
    pointers.push_back(nullptr);
    return pointers;
}

QByteArrayList mergedEnvironment(const QByteArrayList &changes)
{
    QByteArrayList names;
    for (const QByteArray &change : changes)
        names << change.split('=').first();
    QByteArrayList merged;
    for (char **entry = environ; entry && *entry; ++entry) {
        const char *end = std::strchr(*entry, '=');
        if (!end || !names.contains(QByteArray(*entry, end - *entry)))
            merged << *entry;
    }
    for (qsizetype i = 0; i < changes.size(); ++i) {
        const bool isLast = names.lastIndexOf(names[i]) == i;
        if (isLast && changes[i].contains('='))
            merged << changes[i];
    }
    return merged;
}

/// What programs take for the name of the folder they are in, as a shell's cd sets it. A change that is asked for goes before.
QByteArrayList withFolder(const ChildLauncher::Options &options)
{
    const QByteArray &folder = options.workingDirectory;
    if (folder.isEmpty())
        return options.environment;
    std::array<char, PATH_MAX> path;
    const bool isAbsolute = folder.startsWith('/');
    if (!isAbsolute && !::realpath(folder.constData(), path.data()))
        return options.environment;
    return QByteArrayList{"PWD=" + (isAbsolute ? folder : QByteArray(path.data()))} + options.environment;
}

QByteArray pathIn(const QByteArrayList &environment)
{
    for (const QByteArray &entry : environment) {
        if (entry.startsWith("PATH="))
            return entry.mid(5);
    }
    return _PATH_DEFPATH;
}

} // namespace

ChildLauncher::ChildLauncher(const Options &options, OrphanGuard *guard)
    : m_niceness(options.niceness),
      m_kept(options.keptDescriptors),
      m_guard(guard),
      m_null(openNull()),
      m_environment(mergedEnvironment(withFolder(options))),
      m_environmentPointers(pointersTo(m_environment)),
      m_path(pathIn(m_environment)),
      m_stack(std::make_unique<std::byte[]>(ProgramLaunch::StackSize))
{
    std::sort(m_kept.begin(), m_kept.end());
    m_environmentPointers.push_back(nullptr); // so that there is a place for one more variable
    m_signalsToReset = customSignals();
    const QByteArray &folder = options.workingDirectory;
    if (!folder.isEmpty())
        m_workingDirectory
            = Descriptor::made(checked("open", ::open(folder.constData(), O_PATH | O_DIRECTORY | O_CLOEXEC), folder));
}

ChildLauncher::~ChildLauncher() = default;

QByteArray ChildLauncher::findProgram(const QByteArray &name)
{
    if (name.isEmpty() || name.contains('/'))
        return name;
    if (const auto known = m_found.constFind(name); known != m_found.constEnd())
        return *known;
    int error = ENOENT;
    for (const QByteArray &folder : m_path.split(':')) {
        const QByteArray candidate = (folder.isEmpty() ? QByteArray(".") : folder) + '/' + name;
        if (::faccessat(AT_FDCWD, candidate.constData(), X_OK, AT_EACCESS) == 0)
            return *m_found.insert(name, candidate);
        if (errno == EACCES)
            error = EACCES;
    }
    throw SystemError("execve", name, error);
}

ChildProcess ChildLauncher::launch(
    const QByteArrayList &arguments, int standardOutput, int standardError, OrphanGuard::Entry entry, const QByteArray &variable)
{
    if (arguments.isEmpty())
        throw SystemError("execve", {}, ENOENT);
    const QByteArray &name = arguments.first();
    m_environmentPointers.end()[-2] = variable.isEmpty() ? nullptr : const_cast<char *>(variable.constData());
    ProgramLaunch plan;
    plan.environment = m_environmentPointers.data();
    plan.workingDirectory = m_workingDirectory.get();
    plan.input = m_null.get();
    plan.output = standardOutput;
    plan.error = standardError;
    plan.niceness = m_niceness;
    plan.kept = m_kept;
    plan.leadsSession = true;
    plan.diesWithThread = true;
    plan.group = m_guard->slot(entry);
    plan.signalsToReset = m_signalsToReset;

    const QByteArray program = findProgram(name);
    try {
        return execute(plan, program, arguments);
    } catch (const SystemError &error) {
        // It may not be any more where it was found some time ago.
        const bool isGone = error.number() == ENOENT || error.number() == EACCES;
        if (!isGone || !m_found.remove(name))
            throw;
    }
    return execute(plan, findProgram(name), arguments);
}

ChildProcess ChildLauncher::execute(ProgramLaunch &plan, const QByteArray &program, const QByteArrayList &arguments)
{
    const std::span<std::byte> stack(m_stack.get(), ProgramLaunch::StackSize);
    std::vector<char *> pointers = pointersTo(arguments);
    plan.program = program.constData();
    plan.arguments = pointers.data();
    try {
        return launchProgram(plan, stack);
    } catch (const SystemError &error) {
        if (error.number() != ENOEXEC)
            throw;
    }
    pointers.front() = const_cast<char *>(program.constData());
    pointers.insert(pointers.begin(), const_cast<char *>(_PATH_BSHELL));
    plan.program = _PATH_BSHELL;
    plan.arguments = pointers.data();
    return launchProgram(plan, stack);
}

} // namespace procession
