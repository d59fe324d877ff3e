// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/tasks/attemptfacts.h>

#include <procession/text/displaytext.h>
#include <procession/text/statetext.h>

#include <QtCore/QEvent>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>

namespace procession {

AttemptFacts::AttemptFacts(QWidget *parent) : QWidget(parent)
{
    // No QFormLayout: that of Qt 6.4 writes out of bounds when rows are hidden and text is wrapped.
    auto *layout = new QGridLayout(this);
    layout->setColumnStretch(1, 1);
    for (int i = 0; i < FactCount; ++i) {
        auto *name = new QLabel;
        auto *value = new QLabel;
        name->setAlignment(Qt::AlignRight | Qt::AlignTop);
        name->setBuddy(value);
        value->setAlignment(Qt::AlignLeft | Qt::AlignTop);
        value->setTextFormat(Qt::PlainText);
        value->setWordWrap(true);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        layout->addWidget(name, i, 0);
        layout->addWidget(value, i, 1);
        m_names.at(static_cast<std::size_t>(i)) = name;
        m_values.at(static_cast<std::size_t>(i)) = value;
    }
    layout->setRowStretch(FactCount, 1);
    retranslate();
}

void AttemptFacts::retranslate()
{
    const std::array<QString, FactCount> names{tr("State:"), tr("Exit:"), tr("Cause:"), tr("Worker:"), tr("PID:"), tr("Started:"),
        tr("Duration:"), tr("CPU time:"), tr("Peak memory:"), tr("Attempts:"), tr("Arguments:"), tr("Left behind:")};
    for (std::size_t i = 0; i < names.size(); ++i)
        m_names[i]->setText(names[i]);
}

void AttemptFacts::setRecord(const TaskRecord &record, const QByteArrayList &arguments)
{
    const bool hasEnded = record.status.kind != ExitStatus::Kind::None && record.state != TaskState::Running;
    set(State, stateText(record.state));
    set(Exit, hasEnded ? statusText(record.status) : QString());
    set(Cause, hasEnded || record.state == TaskState::Cancelled ? causeText(record.cause) : QString());
    set(Worker, record.worker > 0 ? tr("worker-%1").arg(record.worker) : QString());
    set(Pid, {});
    set(Started, timeText(record.startedAt));
    set(Duration, hasEnded ? durationText(record.duration) : QString());
    set(CpuTime, {});
    set(PeakMemory, {});
    set(Attempts, record.attempts > 1 ? countText(record.attempts) : QString());
    QStringList lines;
    for (const QByteArray &argument : arguments)
        lines += displayText(argument);
    set(Arguments, lines.join(u'\n'));
    set(LeftProcesses, record.leftProcesses ? tr("processes of its group outlived it") : QString());
}

void AttemptFacts::setAttempt(const Attempt &attempt)
{
    set(Exit, statusText(attempt.status));
    set(Cause, causeText(attempt.cause));
    set(Worker, tr("worker-%1").arg(attempt.worker));
    set(Pid, attempt.pid > 0 ? QString::number(attempt.pid) : QString());
    set(Started, timeText(attempt.startedAt));
    set(Duration, durationText(attempt.duration));
    set(CpuTime, durationText(attempt.cpuTime));
    set(PeakMemory, attempt.peakMemory > 0 ? sizeText(attempt.peakMemory) : QString());
    set(LeftProcesses, attempt.leftProcesses ? tr("processes of its group outlived it") : QString());
}

QString AttemptFacts::text(Fact fact) const { return m_values[fact]->text(); }

void AttemptFacts::set(Fact fact, const QString &text)
{
    m_values[fact]->setText(text);
    for (QLabel *label : {m_names[fact], m_values[fact]})
        label->setVisible(!text.isEmpty());
}

void AttemptFacts::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace procession
