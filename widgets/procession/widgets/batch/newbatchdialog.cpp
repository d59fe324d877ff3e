// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/batch/newbatchdialog.h>

#include <procession/widgets/batch/batchoptionspage.h>
#include <procession/widgets/batch/commandfield.h>
#include <procession/widgets/batch/commandpreviewmodel.h>
#include <procession/widgets/batch/draftproblemtext.h>
#include <procession/widgets/batch/functionfield.h>
#include <procession/widgets/batch/inputspage.h>
#include <procession/widgets/common/problemlabel.h>

#include <QtGui/QFontDatabase>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QRadioButton>
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
    layout->addWidget(m_taskProblem); // in the form it would get the height of a narrow text
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
    connect(m_function, &FunctionField::changed, this, &NewBatchDialog::draftChanged);
    connect(m_isFunction, &QRadioButton::toggled, this, [this] {
        showKind();
        draftChanged();
    });
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
    m_head = new QFormLayout(head);
    m_head->setContentsMargins({});
    m_head->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_nameLabel = new QLabel;
    m_name = new QLineEdit;
    m_name->setObjectName(QStringLiteral("name"));
    m_nameLabel->setBuddy(m_name);
    m_commandLabel = new QLabel;
    m_command = new CommandField;
    m_commandLabel->setBuddy(m_command);
    m_functionLabel = new QLabel;
    m_function = new FunctionField;
    m_functionLabel->setBuddy(m_function->focusProxy()); // a label gives the focus only to a widget that accepts it itself
    m_taskProblem = new ProblemLabel;
    m_kindLabel = new QLabel;
    m_head->addRow(m_nameLabel, m_name);
    m_head->addRow(m_kindLabel, makeKinds());
    m_head->addRow(m_commandLabel, m_command);
    m_head->addRow(m_functionLabel, m_function);
    showKind();
    return head;
}

QWidget *NewBatchDialog::makeKinds()
{
    auto *kinds = new QWidget;
    auto *line = new QHBoxLayout(kinds);
    line->setContentsMargins({});
    m_isCommand = new QRadioButton;
    m_isCommand->setObjectName(QStringLiteral("isCommand"));
    m_isCommand->setChecked(true);
    m_isFunction = new QRadioButton;
    m_isFunction->setObjectName(QStringLiteral("isFunction"));
    line->addWidget(m_isCommand);
    line->addWidget(m_isFunction);
    line->addStretch();
    return kinds;
}

BatchDraft::Kind NewBatchDialog::kind() const
{
    return m_isFunction->isChecked() ? BatchDraft::Kind::Function : BatchDraft::Kind::Command;
}

void NewBatchDialog::showKind()
{
    const bool isFunction = kind() == BatchDraft::Kind::Function;
    m_kindLabel->setBuddy(isFunction ? m_isFunction : m_isCommand);
    m_head->setRowVisible(m_command, !isFunction);
    m_head->setRowVisible(m_function, isFunction);
    m_taskProblem->setProblem({});
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
    draft.kind = kind();
    draft.command = m_command->command();
    draft.library = m_function->library();
    draft.function = m_function->function();
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
    m_function->setFunction(draft.library, draft.function);
    (draft.kind == BatchDraft::Kind::Function ? m_isFunction : m_isCommand)->setChecked(true);
    draftChanged();
}

QByteArrayList NewBatchDialog::addedLibraries() const { return m_function->addedLibraries(); }

void NewBatchDialog::setAddedLibraries(const QByteArrayList &paths) { m_function->setAddedLibraries(paths); }

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
    const BatchDraft now = draft();
    m_name->setPlaceholderText(defaultName(now));
    m_preview.setDraft(now);
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
    showProblems(result);
    m_model->setBatch(result.batch, kind());
    m_summary->setText(summary(result));
    if (kind() == BatchDraft::Kind::Function)
        m_function->setOffer(result.libraries, result.functions); // the last, since it may select one, which starts all over
}

void NewBatchDialog::showProblems(const CheckedDraft &result)
{
    m_inputs->setProblems(result.problems);
    m_options->setProblems(result.problems);
    QString taskProblem;
    for (const DraftProblem &problem : result.problems) {
        // An empty field at the start is no mistake: the example in it says what to do.
        const bool isCommand = problem.place == DraftProblem::Place::Command && !m_command->command().isEmpty();
        if (isCommand || problem.place == DraftProblem::Place::Function)
            taskProblem = text(problem);
    }
    m_taskProblem->setProblem(taskProblem);
}

QString NewBatchDialog::summary(const CheckedDraft &result) const
{
    const bool isFunction = kind() == BatchDraft::Kind::Function;
    const bool hasMore = result.count > CommandPreviewModel::MostRows;
    const auto count = static_cast<int>(result.count);
    if (result.batch && isFunction)
        return hasMore ? tr("%Ln task(s). The first calls, exactly as they will be made:", nullptr, count)
                       : tr("%Ln task(s). The calls, exactly as they will be made:", nullptr, count);
    if (result.batch)
        return hasMore ? tr("%Ln task(s). The first commands, exactly as they will run:", nullptr, count)
                       : tr("%Ln task(s). The commands, exactly as they will run:", nullptr, count);
    if (!isFunction && m_command->command().isEmpty())
        return tr("Type a command to see what will run.");
    return result.problems.empty() ? tr("There are no inputs yet, so nothing will run.")
                                   : tr("Nothing can run yet: see the remarks in red above.");
}

void NewBatchDialog::retranslate()
{
    setWindowTitle(tr("New Batch"));
    m_kindLabel->setText(tr("&Kind:"));
    m_isCommand->setText(tr("Command"));
    m_isCommand->setToolTip(tr("Run a program for each input"));
    m_isFunction->setText(tr("Function"));
    m_isFunction->setToolTip(tr("Call a function of a library of tasks with each input"));
    m_nameLabel->setText(tr("&Name:"));
    m_commandLabel->setText(tr("&Command:"));
    m_functionLabel->setText(tr("Functi&on:"));
    m_tabs->setTabText(0, tr("Inputs"));
    m_tabs->setTabText(1, tr("Options"));
    m_view->setAccessibleName(tr("Preview of what will run"));
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("&Run"));
    m_buttons->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));
    m_model->retranslate();
    showResult();
}

} // namespace procession
