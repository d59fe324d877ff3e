// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/batch/batchoptionspage.h>

#include <procession/widgets/batch/draftproblemtext.h>
#include <procession/widgets/common/pathfield.h>
#include <procession/widgets/common/problemlabel.h>

#include <QtWidgets/QComboBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QGroupBox>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QSpinBox>

namespace procession {
namespace {

constexpr qint64 Mebibyte = 1024 * 1024;

std::chrono::milliseconds duration(const QDoubleSpinBox *field)
{
    return std::chrono::milliseconds(qRound64(field->value() * 1000));
}

double seconds(std::chrono::milliseconds time) { return static_cast<double>(time.count()) / 1000; }

} // namespace

BatchOptionsPage::BatchOptionsPage(QWidget *parent)
    : QWidget(parent), m_run(new QGroupBox), m_limits(new QGroupBox), m_surroundings(new QGroupBox)
{
    makeRunGroup();
    makeLimitsGroup();
    makeSurroundingsGroup();

    auto *content = new QWidget;
    auto *columns = new QHBoxLayout(content);
    auto *left = new QVBoxLayout;
    left->addWidget(m_run);
    left->addWidget(m_limits);
    left->addStretch();
    columns->addLayout(left, 1);
    auto *right = new QVBoxLayout;
    right->addWidget(m_surroundings, 1);
    columns->addLayout(right, 1);

    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(content);
    content->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(scroll);
    retranslate();
    setDraft({});
}

QFormLayout *BatchOptionsPage::addGroup(QGroupBox *box)
{
    auto *form = new QFormLayout(box);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    return form;
}

QLabel *BatchOptionsPage::addRow(QFormLayout *form, QWidget *field, const char *text)
{
    auto *label = new QLabel;
    label->setBuddy(field);
    form->addRow(label, field);
    m_rows.push_back({label, text});
    return label;
}

QDoubleSpinBox *BatchOptionsPage::secondsField()
{
    auto *field = new QDoubleSpinBox;
    field->setRange(0, 7 * 24 * 3600);
    field->setDecimals(1);
    field->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    connect(field, &QDoubleSpinBox::valueChanged, this, [this] {
        if (!m_showing)
            Q_EMIT changed();
    });
    return field;
}

void BatchOptionsPage::makeRunGroup()
{
    auto *form = addGroup(m_run);
    const auto count = [this](int least, int most, const QString &name) {
        auto *field = new QSpinBox;
        field->setRange(least, most);
        field->setObjectName(name);
        connect(field, &QSpinBox::valueChanged, this, [this] {
            if (!m_showing)
                Q_EMIT changed();
        });
        return field;
    };
    m_workers = count(1, 1024, QStringLiteral("workers"));
    m_retries = count(0, 1000, QStringLiteral("retries"));
    m_niceness = count(0, 19, QStringLiteral("niceness"));
    m_timeout = secondsField();
    m_timeout->setObjectName(QStringLiteral("timeout"));
    m_retryDelay = secondsField();
    m_delay = secondsField();
    addRow(form, m_workers, QT_TR_NOOP("&Workers:"));
    addRow(form, m_timeout, QT_TR_NOOP("&Time limit of a task:"));
    addRow(form, m_retries, QT_TR_NOOP("&Retries of a failed task:"));
    addRow(form, m_retryDelay, QT_TR_NOOP("&Pause before the first retry:"));
    addRow(form, m_delay, QT_TR_NOOP("Pause between two &starts:"));
}

void BatchOptionsPage::makeLimitsGroup()
{
    auto *form = addGroup(m_limits);
    m_haltWhen = new QComboBox;
    m_haltWhen->addItems({QString(), QString(), QString()});
    m_haltWhen->setObjectName(QStringLiteral("haltWhen"));
    m_haltCount = new QComboBox;
    m_haltCount->addItems({QString(), QString(), QString()});
    m_haltNumber = new QDoubleSpinBox;
    m_haltNumber->setObjectName(QStringLiteral("haltNumber"));
    m_haltNumber->setRange(1, 1'000'000);
    m_haltNumber->setDecimals(0);
    m_haltUnit = new QComboBox;
    m_haltUnit->addItems({QString(), QString()});
    m_haltLabel = new QLabel;
    addRow(form, m_haltWhen, QT_TR_NOOP("&Give up:"));
    auto *rule = new QWidget;
    auto *line = new QHBoxLayout(rule);
    line->setContentsMargins({});
    line->addWidget(m_haltNumber, 1);
    line->addWidget(m_haltUnit);
    line->addWidget(m_haltCount);
    form->addRow(m_haltLabel, rule);
    m_haltLabel->setBuddy(m_haltNumber);
    m_load = secondsField();
    m_load->setRange(0, 10'000);
    m_memory = new QSpinBox;
    m_memory->setRange(0, 16 * 1024 * 1024);
    m_memory->setSingleStep(256);
    m_memory->setGroupSeparatorShown(true);
    addRow(form, m_load, QT_TR_NOOP("Wait while &load is above:"));
    addRow(form, m_memory, QT_TR_NOOP("Wait while free &memory is below:"));
    for (QComboBox *box : {m_haltWhen, m_haltCount, m_haltUnit})
        connect(box, &QComboBox::activated, this, &BatchOptionsPage::changed);
    connect(m_haltWhen, &QComboBox::currentIndexChanged, this, &BatchOptionsPage::enableHaltFields);
    for (QObject *field : std::initializer_list<QObject *>{m_haltNumber, m_memory}) {
        const auto tell = [this] {
            if (!m_showing)
                Q_EMIT changed();
        };
        if (auto *number = qobject_cast<QDoubleSpinBox *>(field))
            connect(number, &QDoubleSpinBox::valueChanged, this, tell);
        else
            connect(static_cast<QSpinBox *>(field), &QSpinBox::valueChanged, this, tell);
    }
}

void BatchOptionsPage::makeSurroundingsGroup()
{
    auto *form = addGroup(m_surroundings);
    m_folder = new PathField(PathField::Kind::Folder);
    m_folder->setObjectName(QStringLiteral("workingFolder"));
    m_folderProblem = new ProblemLabel;
    m_results = new PathField(PathField::Kind::Folder);
    m_results->setObjectName(QStringLiteral("resultsFolder"));
    m_resultsProblem = new ProblemLabel;
    m_environment = new QPlainTextEdit;
    m_environment->setObjectName(QStringLiteral("environment"));
    m_environment->setTabChangesFocus(true);
    m_environment->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_environment->setMinimumHeight(64);
    m_environmentProblem = new ProblemLabel;
    addRow(form, m_niceness, QT_TR_NOOP("&Niceness:"));
    addRow(form, m_folder, QT_TR_NOOP("Working &folder:"));
    form->addRow(m_folderProblem);
    addRow(form, m_results, QT_TR_NOOP("Save res&ults in:"));
    form->addRow(m_resultsProblem);
    addRow(form, m_environment, QT_TR_NOOP("&Environment:"));
    form->addRow(m_environmentProblem);
    connect(m_folder, &PathField::changed, this, &BatchOptionsPage::changed);
    connect(m_results, &PathField::changed, this, &BatchOptionsPage::changed);
    connect(m_environment, &QPlainTextEdit::textChanged, this, [this] {
        if (!m_showing)
            Q_EMIT changed();
    });
}

void BatchOptionsPage::store(BatchDraft &draft) const
{
    draft.job.workers = m_workers->value();
    draft.job.timeout = duration(m_timeout);
    draft.job.maxAttempts = m_retries->value() + 1;
    draft.job.retryDelay = duration(m_retryDelay);
    draft.job.delay = duration(m_delay);
    draft.job.halt = haltRule();
    draft.job.maxLoad = m_load->value();
    draft.job.minFreeMemory = m_memory->value() * Mebibyte;
    draft.options.niceness = m_niceness->value();
    draft.options.workingDirectory = QFile::encodeName(m_folder->path());
    draft.options.environment.clear();
    for (const QString &line : m_environment->toPlainText().split(u'\n', Qt::SkipEmptyParts))
        draft.options.environment.append(line.toUtf8());
    draft.resultsFolder = m_results->path();
}

void BatchOptionsPage::setDraft(const BatchDraft &draft)
{
    m_showing = true;
    m_workers->setValue(draft.job.workers);
    m_timeout->setValue(seconds(draft.job.timeout));
    m_retries->setValue(draft.job.maxAttempts - 1);
    m_retryDelay->setValue(seconds(draft.job.retryDelay));
    m_delay->setValue(seconds(draft.job.delay));
    showHaltRule(draft.job.halt);
    m_load->setValue(draft.job.maxLoad);
    m_memory->setValue(static_cast<int>(draft.job.minFreeMemory / Mebibyte));
    m_niceness->setValue(draft.options.niceness);
    m_folder->setPath(QFile::decodeName(draft.options.workingDirectory));
    m_environment->setPlainText(QString::fromUtf8(draft.options.environment.join('\n')));
    m_results->setPath(draft.resultsFolder);
    m_showing = false;
}

void BatchOptionsPage::setProblems(const std::vector<DraftProblem> &problems)
{
    QString folder;
    QString environment;
    QString results;
    for (const DraftProblem &problem : problems) {
        if (problem.place == DraftProblem::Place::WorkingFolder)
            folder = text(problem);
        else if (problem.place == DraftProblem::Place::Environment)
            environment = text(problem);
        else if (problem.place == DraftProblem::Place::ResultsFolder)
            results = text(problem);
    }
    m_folderProblem->setProblem(folder);
    m_environmentProblem->setProblem(environment);
    m_resultsProblem->setProblem(results);
}

void BatchOptionsPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

HaltRule BatchOptionsPage::haltRule() const
{
    HaltRule rule;
    rule.when = static_cast<HaltRule::When>(m_haltWhen->currentIndex());
    if (rule.when == HaltRule::When::Never)
        return {};
    rule.count = static_cast<HaltRule::Count>(m_haltCount->currentIndex());
    if (m_haltUnit->currentIndex() == 1)
        rule.percent = std::min(m_haltNumber->value(), 100.0);
    else
        rule.number = static_cast<int>(m_haltNumber->value());
    return rule;
}

void BatchOptionsPage::showHaltRule(const HaltRule &rule)
{
    m_haltWhen->setCurrentIndex(static_cast<int>(rule.when));
    m_haltCount->setCurrentIndex(static_cast<int>(rule.count));
    m_haltUnit->setCurrentIndex(rule.percent > 0 ? 1 : 0);
    m_haltNumber->setValue(rule.percent > 0 ? rule.percent : rule.number);
    enableHaltFields();
}

void BatchOptionsPage::enableHaltFields()
{
    for (QWidget *field : std::initializer_list<QWidget *>{m_haltLabel, m_haltCount, m_haltNumber, m_haltUnit})
        field->setEnabled(m_haltWhen->currentIndex() > 0);
}

void BatchOptionsPage::retranslate()
{
    m_run->setTitle(tr("How it runs"));
    m_limits->setTitle(tr("When to give up or wait"));
    m_surroundings->setTitle(tr("Where it runs"));
    for (const Row &row : m_rows)
        row.label->setText(tr(row.text));
    m_workers->setToolTip(tr("How many tasks run at the same time"));
    m_timeout->setSpecialValueText(tr("none"));
    m_retries->setSpecialValueText(tr("none"));
    m_retryDelay->setSpecialValueText(tr("none"));
    m_retryDelay->setToolTip(tr("Doubled before each further retry"));
    m_delay->setSpecialValueText(tr("none"));
    for (QDoubleSpinBox *field : {m_timeout, m_retryDelay, m_delay})
        field->setSuffix(tr(" s", "seconds"));
    m_load->setSpecialValueText(tr("no limit"));
    m_load->setToolTip(tr("The load average of this machine over the last minute"));
    m_memory->setSpecialValueText(tr("no limit"));
    m_memory->setSuffix(tr(" MiB"));
    m_niceness->setToolTip(tr("The higher, the more the tasks let other programs go first"));
    m_folder->setAccessibleTitle(tr("Working folder"));
    m_folder->setPlaceholder(QDir::toNativeSeparators(QDir::currentPath()));
    m_results->setAccessibleTitle(tr("Save results in"));
    m_results->setPlaceholder(tr("In the job history only"));
    m_environment->setPlaceholderText(tr("NAME=value, one a line; NAME alone takes a variable away"));
    retranslateHalt();
}

void BatchOptionsPage::retranslateHalt()
{
    const QStringList when{tr("never"), tr("start no more tasks"), tr("end the running tasks too")};
    const QStringList count{tr("failed"), tr("succeeded"), tr("ended")};
    const QStringList unit{tr("tasks"), tr("% of all tasks")};
    for (int i = 0; i < when.size(); ++i)
        m_haltWhen->setItemText(i, when[i]);
    for (int i = 0; i < count.size(); ++i)
        m_haltCount->setItemText(i, count[i]);
    for (int i = 0; i < unit.size(); ++i)
        m_haltUnit->setItemText(i, unit[i]);
    m_haltLabel->setText(tr("&As soon as:"));
    m_haltNumber->setAccessibleName(tr("Number of tasks"));
    m_haltUnit->setAccessibleName(tr("Tasks or percent"));
    m_haltCount->setAccessibleName(tr("Which tasks are counted"));
}

} // namespace procession
