// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/output/progressline.h>

#include <procession/platform/base/processerror.h>
#include <procession/platform/io/bytefile.h>
#include <procession/platform/io/streamwriting.h>
#include <procession/platform/io/terminal.h>

#include <utility>

namespace procession {

namespace {

constexpr qint64 LeastInterval = 1'000; // milliseconds between plain lines
constexpr char EraseLine[] = "\r\x1b[K";

} // namespace

ProgressLine::ProgressLine() : m_onTerminal(isTerminal(StandardError)), m_besideOutput(m_onTerminal && isTerminal(StandardOutput))
{
}

int ProgressLine::width() const { return m_onTerminal ? terminalWidth(StandardError) - 1 : 79; }

void ProgressLine::show(const QString &text)
{
    // Another thread prints, perhaps to a slow reader: the line can wait for the next time.
    const std::unique_lock lock(m_mutex, std::try_to_lock);
    if (!lock)
        return;
    const QByteArray bytes = text.toUtf8();
    // What shows it may take its time, too, and this thread has signals to answer.
    if (m_onTerminal) {
        writeSome(StandardError, beginLine() + EraseLine + bytes);
        m_shown = true;
        return;
    }
    if (bytes == m_last || (m_sinceLast.isValid() && m_sinceLast.elapsed() < LeastInterval))
        return;
    m_sinceLast.start();
    m_last = bytes;
    writeSome(StandardError, beginLine() + bytes + '\n');
}

void ProgressLine::say(const QString &text)
{
    const std::unique_lock lock(m_mutex, std::try_to_lock);
    QByteArray bytes = "procession: " + text.toUtf8() + '\n';
    if (lock && std::exchange(m_shown, false))
        bytes.prepend(EraseLine);
    if (lock)
        bytes.prepend(beginLine());
    writeSome(StandardError, bytes);
}

void ProgressLine::finish(const QString &text, bool waits)
{
    const std::scoped_lock lock(m_mutex);
    const QByteArray bytes = beginLine() + (m_onTerminal ? EraseLine : "") + text.toUtf8() + '\n';
    if (waits)
        write(bytes);
    else
        writeSome(StandardError, bytes);
    m_shown = false;
}

void ProgressLine::print(int fd, QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return;
    writeAll(fd, bytes);
    if (fd == StandardError || m_besideOutput)
        m_inLine = bytes.back() != '\n';
}

void ProgressLine::printLine(const QByteArray &line) { writeAll(StandardError, beginLine() + line + '\n'); }

/// What has to be written to be at the beginning of a line: output that stands on this one is left there.
QByteArray ProgressLine::beginLine() { return std::exchange(m_inLine, false) ? "\n" : ""; }

void ProgressLine::erase()
{
    if (m_shown)
        write(EraseLine);
    m_shown = false;
}

void ProgressLine::write(const QByteArray &bytes)
{
    try {
        writeAll(StandardError, bytes);
    } catch (const SystemError &) { // stderr has no reader
    }
}

} // namespace procession
