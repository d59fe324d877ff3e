// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/widgets/batch/batchdraft.h>

#include <QtWidgets/QWidget>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QGroupBox;
class QLabel;
class QPlainTextEdit;
class QSpinBox;

namespace procession {

class PathField;
class ProblemLabel;

/// How a batch is run: workers, time-out, retries, when it is given up, guards, and the surroundings of its processes.
class BatchOptionsPage : public QWidget
{
    Q_OBJECT

public:
    explicit BatchOptionsPage(QWidget *parent = nullptr);

    /// Puts what the fields say into `job`, `options` and `resultsFolder` of the draft.
    void store(BatchDraft &draft) const;
    /// changed() is not emitted.
    void setDraft(const BatchDraft &draft);
    void setProblems(const std::vector<DraftProblem> &problems);

Q_SIGNALS:
    void changed();

protected:
    void changeEvent(QEvent *event) override;

private:
    QFormLayout *addGroup(QGroupBox *box);
    QLabel *addRow(QFormLayout *form, QWidget *field, const char *name);
    QDoubleSpinBox *secondsField();
    void makeRunGroup();
    void makeLimitsGroup();
    void makeSurroundingsGroup();
    HaltRule haltRule() const;
    void showHaltRule(const HaltRule &rule);
    void enableHaltFields();
    void retranslate();
    void retranslateHalt();

    QGroupBox *m_run;
    QSpinBox *m_workers;
    QDoubleSpinBox *m_timeout;
    QSpinBox *m_retries;
    QDoubleSpinBox *m_retryDelay;
    QDoubleSpinBox *m_delay;

    QGroupBox *m_limits;
    QComboBox *m_haltWhen;
    QComboBox *m_haltCount;
    QDoubleSpinBox *m_haltNumber;
    QComboBox *m_haltUnit;
    QLabel *m_haltLabel;
    QDoubleSpinBox *m_load;
    QSpinBox *m_memory;

    QGroupBox *m_surroundings;
    QSpinBox *m_niceness;
    PathField *m_folder;
    ProblemLabel *m_folderProblem;
    PathField *m_results;
    ProblemLabel *m_resultsProblem;
    QPlainTextEdit *m_environment;
    ProblemLabel *m_environmentProblem;

    struct Row
    {
        QLabel *label;
        const char *text;
    };
    std::vector<Row> m_rows;
    bool m_showing = false;
};

} // namespace procession
