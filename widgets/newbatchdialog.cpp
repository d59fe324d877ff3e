// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/newbatchdialog.h>

#include <procession/batchoptionspage.h>
#include <procession/commandfield.h>
#include <procession/commandpreviewmodel.h>
#include <procession/draftproblemtext.h>
#include <procession/inputspage.h>
#include <procession/problemlabel.h>

#include <QtGui/QFontDatabase>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTableView>

namespace procession {

NewBatchDialog::NewBatchDialog(QWidget *parent)
    : QDialog(parent),
      m_tabs(new QTabWidget),
      m_inputs(new InputsPage),
      m_options(new BatchOptionsPage),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel))
{
    setAttribute(Qt::WA_DeleteOnClose);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(makeHead());
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    m_tabs->addTab(m_inputs, QString());
    m_tabs->addTab(m_options, QString());
    splitter->addWidget(m_tabs);
    splitter->addWidget(makePreview());
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({430, 210}); // all options fit
    layout->addWidget(splitter, 1);
    layout->addWidget(m_buttons);

    connect(m_inputs, &InputsPage::changed, this, &NewBatchDialog::draftChanged);
    connect(m_options, &BatchOptionsPage::changed, this, &NewBatchDialog::draftChanged);
    connect(m_command, &CommandField::changed, this, &NewBatchDialog::draftChanged);
    connect(m_name, &QLineEdit::textEdited, this, &NewBatchDialog::draftChanged);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &NewBatchDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &NewBatchDialog::reject);
    connect(&m_preview, &BatchPreview::changed, this, &NewBatchDialog::showResult);

    BatchDraft first;
    first.job.workers = QThread::idealThreadCount();
    setDraft(first);
    retranslate();
    resize(940, 760);
    m_command->setFocus();
}

QWidget *NewBatchDialog::makeHead()
{
    auto *head = new QWidget;
    head->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto *form = new QFormLayout(head);
    form->setContentsMargins({});
    m_nameLabel = new QLabel;
    m_name = new QLineEdit;
    m_name->setObjectName(QStringLiteral("name"));
    m_nameLabel->setBuddy(m_name);
    m_commandLabel = new QLabel;
    m_command = new CommandField;
    m_commandLabel->setBuddy(m_command);
    m_commandProblem = new ProblemLabel;
    form->addRow(m_commandLabel, m_command);
    form->addRow(QString(), m_commandProblem);
    form->addRow(m_nameLabel, m_name);
    return head;
}

QWidget *NewBatchDialog::makePreview()
{
    auto *box = new QWidget;
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins({});
    m_summary = new QLabel;
    m_summary->setObjectName(QStringLiteral("summary"));
    m_summary->setTextFormat(Qt::PlainText);
    m_model = new CommandPreviewModel(this);
    m_view = new QTableView;
    m_view->setObjectName(QStringLiteral("preview"));
    m_view->setModel(m_model);
    m_view->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->setTabKeyNavigation(false);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setTextElideMode(Qt::ElideMiddle);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(m_view->fontMetrics().height() + 6);
    m_view->horizontalHeader()->setStretchLastSection(true);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->setColumnWidth(CommandPreviewModel::Number, m_view->fontMetrics().horizontalAdvance(QStringLiteral("0,000,000")));
    layout->addWidget(m_summary);
    layout->addWidget(m_view, 1);
    return box;
}

BatchDraft NewBatchDialog::draft() const
{
    BatchDraft draft;
    draft.name = m_name->text().trimmed();
    draft.command = m_command->command();
    draft.sources = m_inputs->sources();
    m_options->store(draft);
    return draft;
}

void NewBatchDialog::setDraft(const BatchDraft &draft)
{
    m_name->setText(draft.name);
    m_inputs->setSources(draft.sources);
    m_options->setDraft(draft);
    m_command->setCommand(draft.command);
    draftChanged();
}

void NewBatchDialog::accept()
{
    const CheckedDraft &result = m_preview.result();
    if (m_preview.isPending() || !result.batch)
        return;
    BatchDefinition definition = result.batch->definition();
    if (definition.name.isEmpty())
        definition.name = m_name->placeholderText();
    Q_EMIT runRequested(definition, draft().resultsFolder);
    QDialog::accept();
}

void NewBatchDialog::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QDialog::changeEvent(event);
}

void NewBatchDialog::draftChanged()
{
    m_name->setPlaceholderText(defaultName(m_command->command()));
    m_preview.setDraft(draft());
}

void NewBatchDialog::showResult()
{
    const CheckedDraft &result = m_preview.result();
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(!m_preview.isPending() && result.batch);
    if (m_preview.isPending()) {
        m_summary->setText(tr("Reading the inputs…"));
        return; // the last commands stay, so that nothing flickers while one types
    }
    m_command->setColumns(result.columnNames);
    m_inputs->setProblems(result.problems);
    m_options->setProblems(result.problems);
    QString commandProblem;
    for (const DraftProblem &problem : result.problems) {
        // An empty field at the start is no mistake: the example in it says what to do.
        if (problem.place == DraftProblem::Place::Command && !m_command->command().isEmpty())
            commandProblem = text(problem);
    }
    m_commandProblem->setProblem(commandProblem);
    m_model->setBatch(result.batch);
    showSummary(result);
}

void NewBatchDialog::showSummary(const CheckedDraft &result)
{
    if (result.batch && result.count > CommandPreviewModel::MostRows)
        m_summary->setText(
            tr("%Ln task(s). The first commands, exactly as they will run:", nullptr, static_cast<int>(result.count)));
    else if (result.batch)
        m_summary->setText(tr("%Ln task(s). The commands, exactly as they will run:", nullptr, static_cast<int>(result.count)));
    else if (!result.problems.empty())
        m_summary->setText(m_command->command().isEmpty() ? tr("Type a command to see what will run.")
                                                          : tr("Nothing can run yet: see the remarks in red above."));
    else
        m_summary->setText(tr("There are no inputs yet, so nothing will run."));
}

void NewBatchDialog::retranslate()
{
    setWindowTitle(tr("New Command Batch"));
    m_nameLabel->setText(tr("&Name:"));
    m_commandLabel->setText(tr("&Command:"));
    m_tabs->setTabText(0, tr("Inputs"));
    m_tabs->setTabText(1, tr("Options"));
    m_view->setAccessibleName(tr("Preview of the commands"));
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("&Run"));
    m_buttons->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));
    m_model->retranslate();
    showResult();
}

} // namespace procession
