// SPDX-License-Identifier: MIT
// Counts the words in all text files of a folder, by a pool of workers:
//
//   wordcount [FOLDER] [--processes N] [--top N] [--serial] [--kill]
//
// --serial does the same without a pool, --kill kills a worker every now and then. What is printed is the same each time; how long it
// took and how far it is go to stderr.
#include <procession/procession.h>

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QCryptographicHash>
#include <QtCore/QElapsedTimer>
#include <QtCore/QHash>
#include <QtCore/QRandomGenerator>
#include <QtCore/QStringDecoder>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

using namespace procession;
namespace fs = std::filesystem;

using Words = QHash<QString, qint64>;

/// What was found in some files.
struct Count
{
    qint64 files = 0; ///< all of them
    qint64 unreadable = 0;
    qint64 binary = 0;
    Words words;
};

template <>
struct procession::Codec<Count>
{
    static void encode(Encoder &encoder, const Count &count)
    {
        encoder << count.files << count.unreadable << count.binary << count.words;
    }
    static Count decode(Decoder &decoder)
    {
        return {decoder.read<qint64>(), decoder.read<qint64>(), decoder.read<qint64>(), decoder.read<Words>()};
    }
};

void add(Count &total, const Count &part)
{
    total.files += part.files;
    total.unreadable += part.unreadable;
    total.binary += part.binary;
    for (auto word = part.words.cbegin(); word != part.words.cend(); ++word)
        total.words[word.key()] += word.value();
}

//
// What the workers do
//

/// Takes a text apart that comes in pieces: words are letters that follow each other, in lower case.
class WordReader
{
public:
    explicit WordReader(Words &words) : m_words(words) { }
    ~WordReader() { endWord(); }
    Q_DISABLE_COPY_MOVE(WordReader)

    void read(QStringView text)
    {
        for (qsizetype i = 0; i < text.size(); ++i) {
            const QChar first = text[i];
            const bool isPair = first.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
            if (QChar::isLetter(isPair ? QChar::surrogateToUcs4(first, text[i + 1]) : char32_t(first.unicode())))
                m_word.append(text.mid(i, isPair ? 2 : 1));
            else
                endWord();
            i += isPair ? 1 : 0;
        }
    }

private:
    void endWord()
    {
        constexpr qsizetype LongestWord = 64; // a longer one is no word
        if (!m_word.isEmpty() && m_word.size() <= LongestWord)
            ++m_words[m_word.toLower()];
        m_word.clear();
    }

    Words &m_words;
    QString m_word;
};

void countFile(const std::string &path, Count &count)
{
    constexpr std::size_t PieceSize = 1 << 18;
    ++count.files;
    std::ifstream file(path, std::ios::binary);
    std::vector<char> piece(PieceSize);
    QStringDecoder decoder(QStringDecoder::Utf8); // makes a character that is no letter of what is not valid
    WordReader reader(count.words);
    for (bool isFirst = true; file; isFirst = false) {
        file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        const std::string_view bytes(piece.data(), static_cast<std::size_t>(file.gcount()));
        if (isFirst && bytes.find('\0') != bytes.npos) {
            ++count.binary;
            return;
        }
        const QString text = decoder(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
        reader.read(text);
    }
    if (!file.eof())
        ++count.unreadable; // it cannot be opened, or not be read to its end
}

Count countFiles(const std::vector<std::string> &paths)
{
    Count count;
    for (const std::string &path : paths)
        countFile(path, count);
    return count;
}

//
// What they are given
//

/// The regular files below a folder, some at a time, found while the range is read. Symbolic links are not followed, so that no file
/// comes twice and no loop is run around; folders that cannot be read are passed over.
class FileGroups
{
public:
    explicit FileGroups(const fs::path &folder) : m_folders{folder} { next(); }

    class Iterator
    {
    public:
        using difference_type = std::ptrdiff_t;
        using value_type = std::vector<std::string>;

        Iterator() = default;
        explicit Iterator(FileGroups *groups) : m_groups(groups) { }
        const std::vector<std::string> &operator*() const { return m_groups->m_group; }
        Iterator &operator++()
        {
            m_groups->next();
            return *this;
        }
        void operator++(int) { ++*this; }
        bool operator==(std::default_sentinel_t) const { return m_groups->m_group.empty(); }

    private:
        FileGroups *m_groups = nullptr;
    };
    Iterator begin() { return Iterator(this); }
    std::default_sentinel_t end() const { return {}; }

private:
    void next()
    {
        constexpr std::size_t MostFiles = 64;
        constexpr std::uintmax_t MostBytes = 1 << 20;
        m_group.clear();
        std::uintmax_t bytes = 0;
        std::error_code error;
        while (m_group.size() < MostFiles && bytes < MostBytes) {
            if (m_entry == fs::directory_iterator()) {
                if (m_folders.empty())
                    return;
                m_entry = fs::directory_iterator(m_folders.back(), error); // at its end when there was an error
                m_folders.pop_back();
                continue;
            }
            const fs::directory_entry entry = *m_entry;
            m_entry.increment(error);
            const fs::file_status status = entry.symlink_status(error);
            if (fs::is_directory(status)) {
                m_folders.push_back(entry.path());
            } else if (fs::is_regular_file(status)) {
                m_group.push_back(entry.path().native());
                const std::uintmax_t size = entry.file_size(error);
                bytes += error ? 0 : size;
            }
        }
    }

    std::vector<fs::path> m_folders; ///< still to be read
    fs::directory_iterator m_entry;
    std::vector<std::string> m_group;
};

//
// The results
//

class ProgressBar
{
public:
    explicit ProgressBar(qint64 total) : m_total(std::max<qint64>(1, total)) { show(0); }
    ~ProgressBar() { std::cerr << '\n'; }
    Q_DISABLE_COPY_MOVE(ProgressBar)

    void show(qint64 done)
    {
        constexpr qint64 Width = 50;
        const qint64 filled = std::min(Width, done * Width / m_total);
        if (filled == m_filled)
            return;
        m_filled = filled;
        std::cerr << "\r[" << std::string(static_cast<std::size_t>(filled), '#')
                  << std::string(static_cast<std::size_t>(Width - filled), ' ') << "] " << done << " of " << m_total << " files"
                  << std::flush;
    }

private:
    qint64 m_total;
    qint64 m_filled = -1;
};

/// Kills a worker that is in the middle of a task. \returns whether there was one
bool killOne(const Pool &pool)
{
    std::vector<qint64> busy;
    for (const PoolWorkerInfo &worker : pool.workers()) {
        if (!worker.task.isEmpty())
            busy.push_back(worker.pid);
    }
    if (busy.empty())
        return false;
    const qint64 pid = busy[QRandomGenerator::global()->bounded(static_cast<quint32>(busy.size()))];
    const std::vector<ProcessHandle> children = activeChildren();
    const auto victim = std::ranges::find(children, pid, &ProcessHandle::pid);
    if (victim == children.end())
        return false;
    victim->kill();
    return true;
}

Count countInParallel(const fs::path &folder, int processes, bool kills, ProgressBar &progress)
{
    constexpr int Retries = 1000; // of a task whose worker was killed; what it had counted went with the worker
    constexpr int ResultsBetweenKills = 4;
    Count total;
    int results = 0;
    int killed = 0;
    Pool pool({.processes = processes, .retry = {.retries = kills ? Retries : 0}});
    for (const Count &count : pool.imapUnordered(&countFiles, FileGroups(folder))) {
        add(total, count);
        progress.show(total.files);
        if (kills && ++results % ResultsBetweenKills == 0)
            killed += killOne(pool) ? 1 : 0;
    }
    if (kills)
        std::cerr << "\nkilled workers: " << killed;
    return total;
}

Count countHere(const fs::path &folder, ProgressBar &progress)
{
    Count total;
    for (const std::vector<std::string> &paths : FileGroups(folder)) {
        add(total, countFiles(paths));
        progress.show(total.files);
    }
    return total;
}

void print(const Count &count, std::size_t top)
{
    std::vector<std::pair<qint64, QString>> words;
    qint64 all = 0;
    for (auto word = count.words.cbegin(); word != count.words.cend(); ++word) {
        words.emplace_back(-word.value(), word.key());
        all += word.value();
    }
    std::ranges::sort(words);

    QCryptographicHash sum(QCryptographicHash::Sha256);
    for (const auto &[times, word] : words)
        sum.addData(QByteArray::number(-times) + ' ' + word.toUtf8() + '\n');
    std::cout << count.files << " files, " << count.binary << " of them binary and " << count.unreadable << " unreadable\n"
              << all << " words, " << words.size()
              << " different ones; all counts: " << sum.result().toHex().first(16).constData() << '\n';
    for (const auto &[times, word] : std::views::take(words, static_cast<std::ptrdiff_t>(top)))
        std::cout << std::setw(9) << -times << ' ' << word.toStdString() << '\n';
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);

    const QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption serial(QStringLiteral("serial"), QStringLiteral("Count without a pool."));
    const QCommandLineOption kill(QStringLiteral("kill"), QStringLiteral("Kill a worker every now and then."));
    const QCommandLineOption processes(
        QStringLiteral("processes"), QStringLiteral("Have N workers."), QStringLiteral("N"), QStringLiteral("0"));
    const QCommandLineOption top(
        QStringLiteral("top"), QStringLiteral("Print the N most frequent words."), QStringLiteral("N"), QStringLiteral("20"));
    parser.addOptions({serial, kill, processes, top});
    parser.addHelpOption();
    parser.addPositionalArgument(QStringLiteral("folder"), QStringLiteral("/usr/share, unless another one is given."));
    parser.process(app);
    const QStringList folders = parser.positionalArguments();
    const fs::path folder = folders.isEmpty() ? "/usr/share" : folders.front().toLocal8Bit().toStdString();
    std::error_code error;
    if (!fs::is_directory(folder, error)) {
        std::cerr << folder << " is no folder: give one whose files are to be counted\n";
        return 1;
    }
    if (parser.isSet(kill) && startMethod() == StartMethod::Thread) {
        std::cerr << "--kill needs workers that are processes: unset PROCESSION_START_METHOD\n";
        return 1;
    }

    qint64 files = 0;
    for (const std::vector<std::string> &paths : FileGroups(folder))
        files += static_cast<qint64>(paths.size());

    QElapsedTimer timer;
    timer.start();
    Count count;
    try {
        ProgressBar progress(files);
        count = parser.isSet(serial) ? countHere(folder, progress)
                                     : countInParallel(folder, parser.value(processes).toInt(), parser.isSet(kill), progress);
    } catch (const ProcessError &problem) {
        std::cerr << problem.what() << '\n';
        return 1;
    }
    std::cerr << static_cast<double>(timer.elapsed()) / 1000 << " s\n";
    print(count, parser.value(top).toUInt());
}
