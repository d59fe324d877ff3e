// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/inputs/sourceeditor.h>

#include <procession/widgets/common/problemlabel.h>
#include <procession/widgets/inputs/filepages.h>
#include <procession/widgets/inputs/textfilepages.h>
#include <procession/widgets/inputs/valuepages.h>

#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QToolButton>

namespace procession {

SourceEditor::SourceEditor(QWidget *parent)
    : QFrame(parent), m_title(new QLabel), m_kind(new QComboBox), m_remove(new QToolButton), m_problem(new ProblemLabel)
{
    setFrameShape(QFrame::StyledPanel);
    auto *layout = new QVBoxLayout(this);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addWidget(m_kind);
    head->addStretch();
    head->addWidget(m_remove);
    layout->addLayout(head);
    m_title->setBuddy(m_kind);
    m_kind->setObjectName(QStringLiteral("kind"));
    m_remove->setObjectName(QStringLiteral("removeSource"));
    m_remove->setFocusPolicy(Qt::StrongFocus);

    // In the order of InputSource::Kind.
    addPage(new FolderPage);
    addPage(new FilesPage);
    addPage(new LinesPage);
    addPage(new TablePage);
    addPage(new NumbersPage);
    addPage(new TypedPage);
    layout->addWidget(m_problem);

    connect(m_kind, &QComboBox::activated, this, [this](int kind) {
        setSource(source());
        showKind(kind);
        Q_EMIT changed();
    });
    connect(m_remove, &QToolButton::clicked, this, &SourceEditor::removeRequested);
    retranslate();
    setSource({});
}

InputSource SourceEditor::source() const
{
    InputSource source = m_source;
    m_pages[static_cast<std::size_t>(m_shownKind)]->store(source);
    source.kind = static_cast<InputSource::Kind>(m_kind->currentIndex());
    return source;
}

void SourceEditor::setSource(const InputSource &source)
{
    m_source = source;
    for (InputPage *page : m_pages)
        page->setSource(source);
    m_kind->setCurrentIndex(static_cast<int>(source.kind));
    showKind(static_cast<int>(source.kind));
}

void SourceEditor::setPosition(int position, bool removable)
{
    m_position = position;
    m_remove->setVisible(removable);
    retranslate();
}

void SourceEditor::setProblem(const QString &problem) { m_problem->setProblem(problem); }

void SourceEditor::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QFrame::changeEvent(event);
}

void SourceEditor::addPage(InputPage *page)
{
    m_pages.push_back(page);
    layout()->addWidget(page);
    m_kind->addItem(QString());
    connect(page, &InputPage::changed, this, &SourceEditor::changed);
}

void SourceEditor::showKind(int kind)
{
    m_shownKind = kind;
    for (std::size_t i = 0; i < m_pages.size(); ++i)
        m_pages[i]->setVisible(static_cast<int>(i) == kind);
}

void SourceEditor::retranslate()
{
    m_title->setText(m_position == 1 && m_remove->isHidden() ? tr("&Inputs:") : tr("Inputs &%1:").arg(m_position));
    const QStringList names{tr("Files in a folder"), tr("Picked files"), tr("Lines of a file"), tr("Columns of a CSV file"),
        tr("Numbers"), tr("Typed list")};
    for (int i = 0; i < names.size(); ++i)
        m_kind->setItemText(i, names[i]);
    m_kind->setAccessibleName(tr("Kind of inputs"));
    m_remove->setText(tr("Remove"));
    m_remove->setAccessibleName(tr("Remove these inputs"));
}

} // namespace procession
