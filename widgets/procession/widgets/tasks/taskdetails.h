// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/task/attempt.h>
#include <procession/widgets/tasks/taskmodel.h>

#include <QtCore/QFuture>
#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

#include <functional>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QStackedWidget;
class QTabWidget;

namespace procession {

class AttemptFacts;
class OutputPane;

/// Everything about one task: the command, its arguments, how each attempt went, and what it wrote.
class TaskDetails : public QWidget
{
    Q_OBJECT

public:
    /// Answers later with the attempts of a task that ended.
    using AttemptsQuestion = std::function<QFuture<QList<Attempt>>(TaskIndex)>;
    /// Answers later with what a running task has written so far.
    using OutputQuestion = std::function<QFuture<TaskOutput>(TaskIndex)>;

    explicit TaskDetails(QWidget *parent = nullptr);
    ~TaskDetails() override;

    /// Shows nothing until showTask().
    /// \param model     not owned; null for no job
    /// \param attempts  normally JobHistory::attempts of the job; may be empty
    /// \param output    normally Job::runningOutput; may be empty for a job that has ended
    void setJob(TaskModel *model, const AttemptsQuestion &attempts, const OutputQuestion &output);
    /// \param task  -1 for none
    void showTask(qint64 task);
    qint64 task() const { return m_task; }

    AttemptFacts *facts() const { return m_facts; }
    QComboBox *attemptBox() const { return m_attemptBox; }
    OutputPane *outPane() const { return m_out; }
    OutputPane *errPane() const { return m_err; }
    QPlainTextEdit *commandEdit() const { return m_command; }

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *buildPage();
    void retranslate();
    const TaskRecord &record() const { return m_model->record(static_cast<TaskIndex>(m_task)); }
    bool isRunning() const { return record().state == TaskState::Running; }
    void follow();
    void askAttempts();
    void askOutput();
    void takeAttempts(const QList<Attempt> &attempts);
    void takeChanges(const std::vector<TaskIndex> &tasks);
    void fillAttemptBox();
    void showChosen();
    void showOutput(const TaskOutput &output);
    void showFailure(const std::exception &error);

    QPointer<TaskModel> m_model;
    AttemptsQuestion m_askAttempts;
    OutputQuestion m_askOutput;
    qint64 m_task = -1;
    int m_generation = 0; // of m_task: answers about another one are dropped
    QList<Attempt> m_attempts; // the known ended attempts
    QList<std::pair<QString, int>> m_attemptItems; // of the box
    bool m_isAskingAttempts = false;
    bool m_isAskingOutput = false;
    QStackedWidget *m_stack = nullptr;
    QLabel *m_empty = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_problem = nullptr;
    QPlainTextEdit *m_command = nullptr;
    QComboBox *m_attemptBox = nullptr;
    AttemptFacts *m_facts = nullptr;
    QTabWidget *m_tabs = nullptr;
    OutputPane *m_out = nullptr;
    OutputPane *m_err = nullptr;
    QTimer m_poll; // of running output
    QTimer m_askAgain; // for attempts that the store does not have yet
};

} // namespace procession
