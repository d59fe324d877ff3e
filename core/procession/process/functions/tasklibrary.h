// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/exceptions/exceptioncodec.h>
#include <procession/platform/base/invalidinput.h>
#include <procession/process/functions/registeredfunction.h>

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayList>

#include <map>
#include <memory>

namespace procession {

/// A library of tasks cannot be used. problem() is one of "library.missing", "library.no-file",
/// "library.unreadable", "library.foreign" (the file is not a library of tasks), "library.build"
/// (it was built for another Procession), "library.refused" (the system cannot load it),
/// "library.empty", "library.function" (it has no such function).
class TaskLibraryError : public InvalidInput
{
public:
    using InvalidInput::InvalidInput;
};
template <>
struct ExceptionCodec<TaskLibraryError>
{
    static void encode(Encoder &encoder, const TaskLibraryError &error)
    {
        encoder << QByteArray(error.problem()) << error.input() << error.detail();
    }
    static TaskLibraryError decode(Decoder &decoder, const std::string &what)
    {
        const auto problem = decoder.read<QByteArray>();
        const auto input = decoder.read<QByteArray>();
        return {problem.constData(), input, decoder.read<QByteArray>(), QByteArray::fromStdString(what)};
    }
};
inline const KnownException<TaskLibraryError> taskLibraryErrorIsKnown{"procession::TaskLibraryError"};

/// A library of functions that were built separately from this program by procession_add_tasks()
/// (see registertask.h).
///
/// \code
/// const TaskLibrary library = TaskLibrary::load(TaskLibrary::find("imagetasks"));
/// library.function(u"thumbnail").call({file, 128});
/// \endcode
///
/// The program must be prepared by `procession_host_tasks(TARGET)` in CMake. Before any code of the
/// file runs, the file must prove to be such a library, built for this very version of Procession.
/// A loaded library stays loaded until the process ends.
///
/// A value. From any thread.
class TaskLibrary
{
public:
    /// Returns the path of the library `name`: a path stands for itself; a name is looked for in
    /// folders(), as NAME.so and libNAME.so.
    /// \throws TaskLibraryError "library.missing" naming the folders
    static QByteArray find(const QByteArray &name);
    /// The folders of $PROCESSION_TASKS, separated by colons; the user's,
    /// ~/.local/share/procession/tasks; and the program's, ../lib/procession/tasks relative to its
    /// own folder.
    static QByteArrayList folders();
    /// The paths of all libraries in folders(), whether or not they can be loaded; the first of
    /// several with the same name.
    static QByteArrayList available();
    /// The name of a library for people: its file name without "lib" and the suffix.
    static QByteArray nameOf(const QByteArray &path);

    /// Loads the library unless it is loaded already. Blocks while the file and the libraries it
    /// needs are read.
    /// \throws TaskLibraryError
    static TaskLibrary load(const QByteArray &path);

    const QByteArray &path() const { return m_path; }
    /// Sorted by name.
    QList<RegisteredFunction> functions() const;
    /// \throws TaskLibraryError "library.function" naming the functions of the library
    RegisteredFunction function(QStringView name) const;

private:
    using Functions = std::map<QString, RegisteredFunction, std::less<>>;

    TaskLibrary(const QByteArray &path, std::shared_ptr<const Functions> functions);

    QByteArray m_path;
    std::shared_ptr<const Functions> m_functions;
};

} // namespace procession
