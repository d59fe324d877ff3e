// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/progressline.h>

#include <procession/bytefile.h>
#include <procession/processerror.h>
#include <procession/terminal.h>

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
    // Somebody prints, perhaps to a reader who takes his time: then the line can wait for the next time.
    const std::unique_lock lock(m_mutex, std::try_to_lock);
    if (!lock)
        return;
    const QByteArray bytes = text.toUtf8();
    if (m_onTerminal) {
        beginLine();
        write(EraseLine + bytes);
        m_shown = true;
        return;
    }
    if (bytes == m_last || (m_sinceLast.isValid() && m_sinceLast.elapsed() < LeastInterval))
        return;
    m_sinceLast.start();
    m_last = bytes;
    beginLine();
    write(bytes + '\n');
}

void ProgressLine::finish(const QString &text)
{
    const std::scoped_lock lock(m_mutex);
    const QByteArray bytes = text.toUtf8() + '\n';
    beginLine();
    write(m_onTerminal ? EraseLine + bytes : bytes);
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

void ProgressLine::printLine(const QByteArray &line)
{
    beginLine();
    writeAll(StandardError, line + '\n');
}

/// What stands on the line is left there.
void ProgressLine::beginLine()
{
    if (std::exchange(m_inLine, false))
        write("\n");
}

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
    } catch (const SystemError &) { // nobody looks at it
    }
}

} // namespace procession
