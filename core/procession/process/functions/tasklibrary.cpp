// SPDX-License-Identifier: MIT
#include <procession/process/functions/tasklibrary.h>

#include <procession/platform/system/ownexecutable.h>
#include <procession/process/functions/registertask.h>
#include <procession/process/functions/tasklibraryinfo.h>

#include <QtCore/QByteArrayMatcher>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QLibrary>
#include <QtCore/QSet>
#include <QtCore/QStandardPaths>

#include <cstring>
#include <mutex>

namespace procession {

namespace {

// Bytes; the largest file that can be searched.
constexpr qint64 LargestFile = qint64(2) * 1024 * 1024 * 1024 - 1;

using Functions = std::map<QString, RegisteredFunction, std::less<>>;

struct Libraries
{
    std::mutex registering; // guards `functions`
    // Of all libraries that were ever loaded.
    std::map<const TaskLibraryInfo *, Functions> functions;
    std::mutex loading; // guards `loaded`
    std::map<QByteArray, TaskLibrary> loaded; // by their canonical paths
};

Libraries &libraries()
{
    // Never destroyed: threads may call functions until the process exits.
    static auto &shared = *new Libraries;
    return shared;
}

QByteArray text(const char *bytes, std::size_t size) { return {bytes, static_cast<qsizetype>(strnlen(bytes, size))}; }

/// Returns the file's record, byte for byte as it is.
std::optional<TaskLibraryInfo> readInfo(QFile &file)
{
    const qint64 size = file.size();
    if (size < qint64(sizeof(TaskLibraryInfo)) || size > LargestFile)
        return std::nullopt;
    const uchar *mapped = file.map(0, size);
    if (!mapped)
        return std::nullopt;
    const QByteArrayView bytes(mapped, size);
    const QByteArrayMatcher matcher(CurrentTaskLibraryInfo.marker, qsizetype(sizeof CurrentTaskLibraryInfo.marker));
    const qsizetype at = matcher.indexIn(bytes.data(), bytes.size());
    if (at < 0 || bytes.size() - at < qsizetype(sizeof(TaskLibraryInfo)))
        return std::nullopt;
    TaskLibraryInfo info;
    std::memcpy(&info, bytes.data() + at, sizeof info);
    return info;
}

/// A readable description of a build, with an abbreviated key.
QByteArray buildText(const TaskLibraryInfo &info)
{
    return text(info.version, sizeof info.version) + " ("
        + text(info.key, sizeof info.key).first(std::min<qsizetype>(8, text(info.key, sizeof info.key).size())) + ", "
        + text(info.standardLibrary, sizeof info.standardLibrary) + ')';
}

/// Checks that the file is a library of tasks for this build, before any of its code runs.
void requireFitting(const QByteArray &path)
{
    QFile file(QFile::decodeName(path));
    if (!file.exists())
        throw TaskLibraryError(
            "library.no-file", path, {}, "there is no library of tasks " + path + ": build it, or give another path");
    if (!file.open(QIODevice::ReadOnly))
        throw TaskLibraryError("library.unreadable", path, file.errorString().toUtf8(),
            "the library of tasks " + path + " cannot be read: " + file.errorString().toUtf8());
    const std::optional<TaskLibraryInfo> info = readInfo(file);
    if (!info)
        throw TaskLibraryError(
            "library.foreign", path, {}, path + " is no library of tasks: make one by procession_add_tasks() in CMake");
    if (std::memcmp(&*info, &CurrentTaskLibraryInfo, sizeof *info) != 0)
        throw TaskLibraryError("library.build", path, buildText(*info) + " | " + buildText(CurrentTaskLibraryInfo),
            "the library of tasks " + path + " was built for Procession " + buildText(*info) + ", and this program has "
                + buildText(CurrentTaskLibraryInfo) + ": build the library anew for this one");
}

[[noreturn]] void refuse(const QByteArray &path, const QByteArray &reason)
{
    QByteArray message = "the library of tasks " + path + " cannot be loaded: " + reason;
    if (reason.contains("undefined symbol: _ZN") && reason.contains("10procession"))
        message
            += "; this program does not offer what the library needs of Procession: call procession_host_tasks() for it in CMake";
    throw TaskLibraryError("library.refused", path, reason, message);
}

std::shared_ptr<const Functions> loadFunctions(const QByteArray &path)
{
    QLibrary library(QFile::decodeName(path));
    library.setLoadHints(QLibrary::ResolveAllSymbolsHint);
    if (!library.load())
        refuse(path, library.errorString().toUtf8());
    const auto *info = reinterpret_cast<const TaskLibraryInfo *>(library.resolve("processionTaskLibrary"));
    if (!info)
        refuse(path, library.errorString().toUtf8());
    Libraries &all = libraries();
    const std::scoped_lock lock(all.registering);
    const auto found = all.functions.find(info);
    if (found == all.functions.end())
        throw TaskLibraryError("library.empty", path, {},
            "the library of tasks " + path + " has no function: name some by PROCESSION_REGISTER_TASK()");
    return std::make_shared<const Functions>(found->second);
}

QFileInfoList librariesIn(const QByteArray &folder)
{
    return QDir(QFile::decodeName(folder)).entryInfoList({QStringLiteral("*.so")}, QDir::Files | QDir::Readable, QDir::Name);
}

} // namespace

void addTaskFunction(const TaskLibraryInfo *library, const RegisteredFunction &function)
{
    Libraries &all = libraries();
    const std::scoped_lock lock(all.registering);
    all.functions[library][function.name()] = function;
}

TaskLibrary::TaskLibrary(const QByteArray &path, std::shared_ptr<const Functions> functions)
    : m_path(path), m_functions(std::move(functions))
{
}

QByteArrayList TaskLibrary::folders()
{
    QByteArrayList folders;
    const QByteArrayList own = qgetenv("PROCESSION_TASKS").split(':');
    for (const QByteArray &folder : own) {
        if (!folder.isEmpty())
            folders.append(folder);
    }
    folders.append(
        QFile::encodeName(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)) + "/procession/tasks");
    const QDir program(QFileInfo(QFile::decodeName(ownExecutable())).path());
    folders.append(QFile::encodeName(QDir::cleanPath(program.filePath(QStringLiteral("../" PROCESSION_TASKS_FOLDER)))));
    return folders;
}

QByteArray TaskLibrary::find(const QByteArray &name)
{
    if (name.contains('/') || name.endsWith(".so"))
        return QFile::encodeName(QFileInfo(QFile::decodeName(name)).absoluteFilePath());
    const QByteArrayList all = folders();
    for (const QByteArray &folder : all) {
        for (const QByteArray &file : {folder + '/' + name + ".so", folder + "/lib" + name + ".so"}) {
            if (QFile::exists(QFile::decodeName(file)))
                return QFile::encodeName(QFileInfo(QFile::decodeName(file)).absoluteFilePath());
        }
    }
    throw TaskLibraryError("library.missing", name, all.join(", "),
        "there is no library of tasks \"" + name + "\" in " + all.join(", ") + ": put it there, or give its path");
}

QByteArrayList TaskLibrary::available()
{
    QByteArrayList paths;
    QSet<QByteArray> names;
    const QByteArrayList all = folders();
    for (const QByteArray &folder : all) {
        const QFileInfoList files = librariesIn(folder);
        for (const QFileInfo &file : files) {
            const QByteArray path = QFile::encodeName(file.absoluteFilePath());
            if (names.contains(nameOf(path)))
                continue;
            names.insert(nameOf(path));
            paths.append(path);
        }
    }
    return paths;
}

QByteArray TaskLibrary::nameOf(const QByteArray &path)
{
    QByteArray name = path.mid(path.lastIndexOf('/') + 1);
    if (name.endsWith(".so"))
        name.chop(3);
    return name.startsWith("lib") && name.size() > 3 ? name.sliced(3) : name;
}

TaskLibrary TaskLibrary::load(const QByteArray &path)
{
    const QString canonical = QFileInfo(QFile::decodeName(path)).canonicalFilePath();
    const QByteArray key = canonical.isEmpty() ? path : QFile::encodeName(canonical);
    Libraries &all = libraries();
    const std::scoped_lock lock(all.loading);
    if (const auto known = all.loaded.find(key); known != all.loaded.end())
        return known->second;
    requireFitting(key);
    const TaskLibrary library(key, loadFunctions(key));
    all.loaded.emplace(key, library);
    return library;
}

QList<RegisteredFunction> TaskLibrary::functions() const
{
    QList<RegisteredFunction> all;
    for (const auto &[name, function] : *m_functions)
        all.append(function);
    return all;
}

RegisteredFunction TaskLibrary::function(QStringView name) const
{
    const auto found = m_functions->find(name.toString());
    if (found != m_functions->end())
        return found->second;
    QByteArrayList names;
    for (const auto &[other, function] : *m_functions)
        names.append(other.toUtf8());
    throw TaskLibraryError("library.function", nameOf(m_path) + ':' + name.toUtf8(), names.join(", "),
        "the library of tasks " + m_path + " has no function \"" + name.toUtf8() + "\"; it has: " + names.join(", "));
}

} // namespace procession
