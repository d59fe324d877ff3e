// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/widgets/batch/batchpreview.h>

#include <QtWidgets/QDialog>

class QDialogButtonBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QRadioButton;
class QTableView;
class QTabWidget;

namespace procession {

class BatchOptionsPage;
class CommandField;
class CommandPreviewModel;
class FunctionField;
class InputsPage;
class ProblemLabel;

/// Where a person writes a batch and sees, while writing, exactly which commands will run, or which calls of a function.
///
/// \code
/// auto *dialog = new NewBatchDialog(parent);
/// connect(dialog, &NewBatchDialog::runRequested, parent, [](const auto &batch) { use(batch); });
/// dialog->open();
/// \endcode
class NewBatchDialog : public QDialog
{
    Q_OBJECT

public:
    explicit NewBatchDialog(QWidget *parent = nullptr);

    BatchDraft draft() const;
    void setDraft(const BatchDraft &draft);
    /// Paths of the libraries of tasks that a person has added.
    QByteArrayList addedLibraries() const;
    void setAddedLibraries(const QByteArrayList &paths);
    /// What the present draft comes to; the last answer while another is pending.
    const BatchPreview &preview() const { return m_preview; }

public Q_SLOTS:
    void accept() override;

Q_SIGNALS:
    /// A person wants this batch to run. The dialog closes after it.
    /// \param resultsFolder  empty when the results are not wanted as files
    void runRequested(const procession::BatchDefinition &definition, const QString &resultsFolder);

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeHead();
    QWidget *makeKinds();
    BatchDraft::Kind kind() const;
    void showKind();
    QWidget *makePreview();
    void draftChanged();
    void showResult();
    void showProblems(const CheckedDraft &result);
    QString summary(const CheckedDraft &result) const;
    void retranslate();

    QFormLayout *m_head;
    QLabel *m_kindLabel;
    QRadioButton *m_isCommand;
    QRadioButton *m_isFunction;
    QLabel *m_nameLabel;
    QLineEdit *m_name;
    QLabel *m_commandLabel;
    CommandField *m_command;
    QLabel *m_functionLabel;
    FunctionField *m_function;
    ProblemLabel *m_taskProblem;
    QTabWidget *m_tabs;
    InputsPage *m_inputs;
    BatchOptionsPage *m_options;
    QLabel *m_summary;
    CommandPreviewModel *m_model;
    QTableView *m_view;
    QDialogButtonBox *m_buttons;
    BatchPreview m_preview;
};

} // namespace procession
