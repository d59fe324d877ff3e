// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/tasks/taskdetails.h>

#include <procession/text/displaytext.h>
#include <procession/text/errortext.h>
#include <procession/text/statetext.h>
#include <procession/widgets/common/futureanswer.h>
#include <procession/widgets/tasks/attemptfacts.h>
#include <procession/widgets/tasks/outputpane.h>

#include <QtCore/QEvent>
#include <QtGui/QFontDatabase>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace procession {

namespace {

using namespace std::chrono_literals;

constexpr auto PollInterval = 1s;
constexpr auto AskAgainInterval = 300ms;
constexpr int RunningAttempt = -1; // in the box

} // namespace

TaskDetails::TaskDetails(QWidget *parent) : QWidget(parent), m_stack(new QStackedWidget), m_empty(new QLabel)
{
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(buildPage());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_stack);

    m_poll.setInterval(PollInterval);
    connect(&m_poll, &QTimer::timeout, this, &TaskDetails::askOutput);
    m_askAgain.setInterval(AskAgainInterval);
    m_askAgain.setSingleShot(true);
    connect(&m_askAgain, &QTimer::timeout, this, &TaskDetails::askAttempts);
    connect(m_attemptBox, &QComboBox::activated, this, &TaskDetails::showChosen);
    retranslate();
}

TaskDetails::~TaskDetails() = default;

QWidget *TaskDetails::buildPage()
{
    m_title = new QLabel;
    m_title->setTextFormat(Qt::PlainText);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_attemptBox = new QComboBox;
    m_attemptBox->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    auto *top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    top->addWidget(m_attemptBox);

    m_command = new QPlainTextEdit;
    m_command->setReadOnly(true);
    m_command->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_command->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    constexpr int CommandLines = 2;
    constexpr int CommandMargin = 3;
    m_command->document()->setDocumentMargin(CommandMargin);
    const int margins = 2 * m_command->frameWidth() + CommandMargin;
    m_command->setFixedHeight(QFontMetrics(m_command->font()).lineSpacing() * CommandLines + margins);

    m_problem = new QLabel;
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();

    m_facts = new AttemptFacts;
    auto *scroll = new QScrollArea;
    scroll->setWidget(m_facts);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFrameShape(QFrame::NoFrame);
    m_out = new OutputPane;
    m_err = new OutputPane;
    m_tabs = new QTabWidget;
    m_tabs->addTab(m_out, {});
    m_tabs->addTab(m_err, {});
    auto *splitter = new QSplitter;
    splitter->addWidget(scroll);
    splitter->addWidget(m_tabs);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 5);
    const int character = fontMetrics().averageCharWidth();
    scroll->setMinimumWidth(character * 28);
    splitter->setSizes({character * 45, character * 110});
    splitter->setChildrenCollapsible(false);

    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->addLayout(top);
    layout->addWidget(m_command);
    layout->addWidget(m_problem);
    layout->addWidget(splitter, 1);
    return page;
}

void TaskDetails::retranslate()
{
    m_empty->setText(tr("Select a task to see its command, its output and how it ended."));
    m_tabs->setTabText(0, tr("Output (stdout)"));
    m_tabs->setTabText(1, tr("Errors (stderr)"));
    m_command->setAccessibleName(tr("Command"));
    m_attemptBox->setAccessibleName(tr("Attempt"));
    if (m_task >= 0 && m_model) {
        fillAttemptBox();
        showChosen();
    }
}

void TaskDetails::setJob(TaskModel *model, const AttemptsQuestion &attempts, const OutputQuestion &output)
{
    if (m_model)
        m_model->disconnect(this);
    showTask(-1);
    m_model = model;
    m_askAttempts = attempts;
    m_askOutput = output;
    if (model) {
        connect(model, &TaskModel::tasksChanged, this, &TaskDetails::takeChanges);
        connect(model, &QObject::destroyed, this, [this] { showTask(-1); });
    }
}

void TaskDetails::showTask(qint64 task)
{
    if (task == m_task && task >= 0)
        return;
    m_task = m_model ? task : -1;
    ++m_generation;
    m_attempts.clear();
    m_isAskingAttempts = false;
    m_isAskingOutput = false;
    m_poll.stop();
    m_askAgain.stop();
    m_problem->hide();
    m_out->clear();
    m_err->clear();
    m_attemptBox->clear();
    m_attemptItems.clear();
    m_stack->setCurrentIndex(m_task < 0 ? 0 : 1);
    if (m_task < 0)
        return;
    const auto index = static_cast<TaskIndex>(m_task);
    m_title->setText(tr("Task %1: %2").arg(countText(m_task + 1), displayText(m_model->source()->title(index))));
    m_command->setPlainText(displayLines(m_model->source()->description(index)));
    follow();
}

void TaskDetails::takeChanges(const std::vector<TaskIndex> &tasks)
{
    if (m_task >= 0 && std::binary_search(tasks.begin(), tasks.end(), static_cast<TaskIndex>(m_task)))
        follow();
}

/// Brings everything up to the record as it is now.
void TaskDetails::follow()
{
    fillAttemptBox();
    showChosen();
    if (isRunning() && m_askOutput) {
        if (!m_poll.isActive()) {
            m_poll.start();
            askOutput();
        }
    } else {
        m_poll.stop();
    }
    askAttempts();
}

void TaskDetails::askAttempts()
{
    const int ended = record().attempts - (isRunning() ? 1 : 0);
    if (!m_askAttempts || m_isAskingAttempts || m_attempts.size() >= ended)
        return;
    m_isAskingAttempts = true;
    whenAnswered(
        m_askAttempts(static_cast<TaskIndex>(m_task)), this,
        [this, generation = m_generation](const QList<Attempt> &attempts) {
            if (generation == m_generation)
                takeAttempts(attempts);
        },
        [this, generation = m_generation](const std::exception &error) {
            if (generation == m_generation)
                showFailure(error);
        });
}

void TaskDetails::takeAttempts(const QList<Attempt> &attempts)
{
    m_isAskingAttempts = false;
    const bool hasMore = attempts.size() > m_attempts.size();
    m_attempts = attempts;
    if (hasMore) {
        fillAttemptBox();
        showChosen();
    }
    const int ended = record().attempts - (isRunning() ? 1 : 0);
    if (attempts.size() < ended)
        m_askAgain.start(); // they are on their way to the store
}

void TaskDetails::askOutput()
{
    if (m_isAskingOutput || !m_model || !isRunning())
        return;
    m_isAskingOutput = true;
    whenAnswered(
        m_askOutput(static_cast<TaskIndex>(m_task)), this,
        [this, generation = m_generation](const TaskOutput &output) {
            if (generation != m_generation)
                return;
            m_isAskingOutput = false;
            if (isRunning() && m_attemptBox->currentData().toInt() == RunningAttempt)
                showOutput(output);
        },
        [this, generation = m_generation](const std::exception &error) {
            if (generation == m_generation)
                showFailure(error);
        });
}

void TaskDetails::fillAttemptBox()
{
    QList<std::pair<QString, int>> items;
    for (qsizetype i = 0; i < m_attempts.size(); ++i) {
        const Attempt &attempt = m_attempts[i];
        const QString outcome = outcomeText(attempt.status, attempt.cause);
        items.append({tr("Attempt %1: %2").arg(countText(attempt.number), outcome), static_cast<int>(i)});
    }
    if (isRunning())
        items.append({tr("Attempt %1: running").arg(countText(record().attempts)), RunningAttempt});
    if (items == m_attemptItems)
        return; // the list may have been opened
    const bool wasLast = m_attemptBox->currentIndex() == m_attemptBox->count() - 1;
    const QVariant chosen = m_attemptBox->currentData();
    m_attemptItems = items;
    m_attemptBox->clear();
    for (const auto &[text, attempt] : items)
        m_attemptBox->addItem(text, attempt);
    const int index = wasLast ? -1 : m_attemptBox->findData(chosen);
    m_attemptBox->setCurrentIndex(index >= 0 ? index : m_attemptBox->count() - 1);
    m_attemptBox->setVisible(m_attemptBox->count() > 1);
}

void TaskDetails::showChosen()
{
    m_facts->setRecord(record(), m_model->source()->arguments(static_cast<TaskIndex>(m_task)));
    const QString nothing = isRunning() ? tr("Nothing written yet.")
        : record().attempts == 0        ? tr("It has not run yet.")
                                        : tr("It wrote nothing.");
    m_out->setEmptyText(nothing);
    m_err->setEmptyText(nothing);
    const QVariant chosen = m_attemptBox->currentData();
    if (!chosen.isValid() || chosen.toInt() == RunningAttempt)
        return;
    const Attempt &attempt = m_attempts.at(chosen.toInt());
    m_facts->setAttempt(attempt);
    showOutput(attempt.output);
    // What a failed command has to say is mostly in its errors alone.
    if (attempt.output.out.size == 0 && attempt.output.err.size > 0)
        m_tabs->setCurrentWidget(m_err);
    else if (attempt.output.err.size == 0)
        m_tabs->setCurrentWidget(m_out);
}

void TaskDetails::showOutput(const TaskOutput &output)
{
    m_out->setStream(output.out);
    m_err->setStream(output.err);
}

void TaskDetails::showFailure(const std::exception &error)
{
    m_isAskingAttempts = false;
    m_isAskingOutput = false;
    m_problem->setText(tr("The output cannot be read: %1").arg(errorText(error)));
    m_problem->show();
}

void TaskDetails::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace procession
