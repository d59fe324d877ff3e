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

/// A library of tasks cannot be used. problem() is one of
/// "library.missing", "library.no-file", "library.unreadable", "library.foreign" (it is something else), "library.build" (it was built for another
/// Procession), "library.refused" (the system does not load it), "library.empty", "library.function" (it has no such function).
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

/// Functions that were built apart from this program, by procession_add_tasks() (see registertask.h), and come out of a file.
///
/// \code
/// const TaskLibrary library = TaskLibrary::load(TaskLibrary::find("imagetasks"));
/// library.function(u"thumbnail").call({file, 128});
/// \endcode
///
/// The program has to be made for it: `procession_host_tasks(TARGET)` in CMake. Before any of its code runs, the file has to show that it is
/// such a library, built for this very version of Procession. What is loaded stays until the process ends.
///
/// A value. From any thread.
class TaskLibrary
{
public:
    /// Where a library is that is called so: a path is itself; a name is looked for in folders(), as NAME.so and libNAME.so.
    /// \throws TaskLibraryError "library.missing" naming the folders
    static QByteArray find(const QByteArray &name);
    /// Those of $PROCESSION_TASKS, with colons between; the person's, ~/.local/share/procession/tasks; and the program's,
    /// ../lib/procession/tasks as seen from its own folder.
    static QByteArrayList folders();
    /// The paths of all that lie in folders(), whether or not they can be loaded; of several of one name the first.
    static QByteArrayList available();
    /// What people call it: the name of its file without "lib" and ending.
    static QByteArray nameOf(const QByteArray &path);

    /// Loads it, unless that has been done. Blocks for as long as it takes to read the file and the libraries that it needs.
    /// \throws TaskLibraryError
    static TaskLibrary load(const QByteArray &path);

    const QByteArray &path() const { return m_path; }
    /// In the order of their names.
    QList<RegisteredFunction> functions() const;
    /// \throws TaskLibraryError "library.function" naming those that there are
    RegisteredFunction function(QStringView name) const;

private:
    using Functions = std::map<QString, RegisteredFunction, std::less<>>;

    TaskLibrary(const QByteArray &path, std::shared_ptr<const Functions> functions);

    QByteArray m_path;
    std::shared_ptr<const Functions> m_functions;
};

} // namespace procession
