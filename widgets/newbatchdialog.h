// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/batchpreview.h>

#include <QtWidgets/QDialog>

class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QTableView;
class QTabWidget;

namespace procession {

class BatchOptionsPage;
class CommandField;
class CommandPreviewModel;
class InputsPage;
class ProblemLabel;

/// Where a person writes a batch and sees, while writing, exactly which commands will run.
///
/// \code
/// auto *dialog = new NewBatchDialog(this);
/// connect(dialog, &NewBatchDialog::runRequested, this, &MainWindow::run);
/// dialog->open();
/// \endcode
class NewBatchDialog : public QDialog
{
    Q_OBJECT

public:
    explicit NewBatchDialog(QWidget *parent = nullptr);

    BatchDraft draft() const;
    void setDraft(const BatchDraft &draft);
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
    QWidget *makePreview();
    void draftChanged();
    void showResult();
    void showSummary(const CheckedDraft &result);
    void retranslate();

    QLabel *m_nameLabel;
    QLineEdit *m_name;
    QLabel *m_commandLabel;
    CommandField *m_command;
    ProblemLabel *m_commandProblem;
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
