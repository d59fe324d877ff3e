// SPDX-License-Identifier: MIT
#include <procession/platform/processes/taskmark.h>

#include <procession/platform/processes/processtable.h>

#include <QtCore/QRandomGenerator>

#include <array>

namespace procession {

namespace {

constexpr int Digits = 10; // of each task's number, so that none is the beginning of another

} // namespace

TaskMark::TaskMark()
    : m_run(QByteArray::number(QRandomGenerator::system()->generate64(), 16).rightJustified(16, '0') + '.'),
      m_start(QByteArray(Name) + '=')
{
    const QByteArray outer = qgetenv(Name);
    if (!outer.isEmpty())
        m_start += outer + ',';
    m_start += m_run;
}

QByteArray TaskMark::ofTask(quint64 task) const { return m_run + QByteArray::number(task).rightJustified(Digits, '0'); }

QByteArray TaskMark::variable(quint64 task) const { return m_start + QByteArray::number(task).rightJustified(Digits, '0'); }

std::optional<quint64> TaskMark::taskOf(qint64 pid) const
{
    std::array<char, Digits> digits;
    if (!findInEnvironment(
            static_cast<int>(pid), m_run.constData(), static_cast<std::size_t>(m_run.size()), digits.data(), Digits))
        return std::nullopt;
    bool isNumber = false;
    const quint64 task = QByteArrayView(digits.data(), Digits).toULongLong(&isNumber);
    return isNumber ? std::optional(task) : std::nullopt;
}

} // namespace procession
