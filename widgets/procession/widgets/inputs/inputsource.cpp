// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/inputs/inputsource.h>

#include <procession/job/inputs/inputreader.h>
#include <procession/platform/base/invalidinput.h>

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QRegularExpression>

#include <cerrno>
#include <filesystem>

namespace procession {
namespace {

namespace fs = std::filesystem;

/// The patterns of a file name, as people write them: "*.jpg *.png".
class NamePatterns
{
public:
    explicit NamePatterns(const QString &text)
    {
        for (const QString &pattern : text.split(u' ', Qt::SkipEmptyParts)) {
            m_patterns.push_back(QRegularExpression::fromWildcard(pattern));
            m_takesHidden |= pattern.startsWith(u'.');
        }
    }

    bool match(const std::string &name) const
    {
        if (isHidden(name) && !m_takesHidden)
            return false;
        const QString text = QFile::decodeName(name.c_str());
        return std::any_of(
            m_patterns.begin(), m_patterns.end(), [&text](const auto &pattern) { return pattern.match(text).hasMatch(); });
    }

    static bool isHidden(const std::string &name) { return name.starts_with('.'); }

private:
    std::vector<QRegularExpression> m_patterns;
    bool m_takesHidden = false;
};

void require(const QString &given, const char *problem, const char *message)
{
    if (given.isEmpty())
        throw InvalidInput(problem, {}, {}, message);
}

/// The matching files below `folder` as the system names them, whatever their bytes.
std::vector<std::string> matchingFiles(const InputSource &source, const std::atomic_bool &cancelled)
{
    const NamePatterns patterns(source.pattern);
    std::vector<std::string> found;
    const fs::path folder(QFile::encodeName(source.folder).toStdString());
    for (fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied), end; at != end && !cancelled;
         ++at) {
        const std::string name = at->path().filename().native();
        std::error_code unreadable; // a file that has gone in the meantime is no input
        if (at->is_directory(unreadable)) {
            if (!source.recursive || NamePatterns::isHidden(name))
                at.disable_recursion_pending();
        } else if (at->is_regular_file(unreadable) && patterns.match(name)) {
            found.push_back(at->path().native());
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

InputList readFolder(const InputSource &source, const std::atomic_bool &cancelled)
try {
    require(source.folder, "draft.no-folder", "No folder is chosen; name the folder whose files are the inputs.");
    InputList list;
    for (const std::string &file : matchingFiles(source, cancelled))
        list.append({QByteArray::fromStdString(file)});
    if (list.rowCount() == 0 && !cancelled) {
        const QByteArray folder = QFile::encodeName(source.folder);
        const QByteArray pattern = source.pattern.toUtf8();
        throw InvalidInput("draft.no-match", pattern, folder,
            "No file in " + folder + " matches \"" + pattern + "\"; change the pattern, or include the subfolders.");
    }
    return list;
} catch (const fs::filesystem_error &error) {
    if (error.code() == std::errc::no_such_file_or_directory || error.code() == std::errc::not_a_directory) {
        const QByteArray folder = QFile::encodeName(source.folder);
        throw InvalidInput("draft.folder", folder, {}, "There is no folder " + folder + "; create it or choose another.");
    }
    throw SystemError("opendir", QByteArray::fromStdString(error.path1().native()), error.code().value());
}

InputList readFile(const InputSource &source, const InputFormat &format)
{
    require(source.file, "draft.no-file", "No file is chosen; name the file that has the inputs.");
    const QByteArray name = QFile::encodeName(source.file);
    if (!QFileInfo(source.file).isFile())
        throw InvalidInput("draft.file", name, {}, "There is no file " + name + "; choose another.");
    QFile file(source.file);
    if (!file.open(QIODevice::ReadOnly))
        throw SystemError("open", name, errno);
    return readInputs(file, format);
}

InputList readList(const QStringList &values)
{
    InputList list;
    for (const QString &value : values)
        list.append({QFile::encodeName(value)});
    return list;
}

} // namespace

InputList read(const InputSource &source, const std::atomic_bool &cancelled)
{
    switch (source.kind) {
    case InputSource::Kind::Folder:
        return readFolder(source, cancelled);
    case InputSource::Kind::Files:
        return readList(source.files);
    case InputSource::Kind::Lines:
        return readFile(source, {});
    case InputSource::Kind::Table:
        return readFile(source, {.columnSeparator = QByteArray(1, source.separator), .header = source.header, .csv = true});
    case InputSource::Kind::Numbers:
        return numberRange(QByteArray::number(source.first), QByteArray::number(source.last), QByteArray::number(source.step));
    case InputSource::Kind::Typed:
        return readList(source.text.split(u'\n', Qt::SkipEmptyParts));
    }
    Q_UNREACHABLE();
}

} // namespace procession
