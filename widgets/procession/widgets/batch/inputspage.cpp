// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/batch/inputspage.h>

#include <procession/widgets/batch/draftproblemtext.h>
#include <procession/widgets/inputs/sourceeditor.h>

#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QScrollBar>

namespace procession {

InputsPage::InputsPage(QWidget *parent) : QWidget(parent), m_list(new QVBoxLayout), m_add(new QPushButton), m_hint(new QLabel)
{
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->addLayout(m_list);
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_add);
    foot->addWidget(m_hint, 1);
    foot->addStretch();
    column->addLayout(foot);
    column->addStretch();

    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(content);
    scroll->setFocusPolicy(Qt::NoFocus);
    content->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(scroll);

    m_add->setObjectName(QStringLiteral("addSource"));
    m_hint->setWordWrap(true);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    connect(m_add, &QPushButton::clicked, this, [this] {
        addEditor({.kind = InputSource::Kind::Typed})->setFocus();
        number();
        Q_EMIT changed();
    });
    setSources({});
    retranslate();
}

std::vector<InputSource> InputsPage::sources() const
{
    std::vector<InputSource> sources;
    for (const SourceEditor *editor : m_editors)
        sources.push_back(editor->source());
    return sources;
}

void InputsPage::setSources(const std::vector<InputSource> &sources)
{
    qDeleteAll(m_editors);
    m_editors.clear();
    for (const InputSource &source : sources)
        addEditor(source);
    if (sources.empty())
        addEditor({});
    number();
}

void InputsPage::setProblems(const std::vector<DraftProblem> &problems)
{
    for (std::size_t i = 0; i < m_editors.size(); ++i) {
        QStringList texts;
        for (const DraftProblem &problem : problems) {
            if (problem.place == DraftProblem::Place::Source && problem.source == static_cast<int>(i))
                texts.append(text(problem));
        }
        m_editors[i]->setProblem(texts.join(u'\n'));
    }
}

void InputsPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

SourceEditor *InputsPage::addEditor(const InputSource &source)
{
    auto *editor = new SourceEditor;
    editor->setSource(source);
    connect(editor, &SourceEditor::changed, this, &InputsPage::changed);
    connect(editor, &SourceEditor::removeRequested, this, [this, editor] {
        remove(editor);
        number();
        Q_EMIT changed();
    });
    m_list->addWidget(editor);
    m_editors.push_back(editor);
    return editor;
}

void InputsPage::remove(SourceEditor *editor)
{
    std::erase(m_editors, editor);
    m_list->removeWidget(editor);
    editor->deleteLater();
}

void InputsPage::number()
{
    for (std::size_t i = 0; i < m_editors.size(); ++i)
        m_editors[i]->setPosition(static_cast<int>(i) + 1, m_editors.size() > 1);
    m_hint->setVisible(m_editors.size() > 1);
}

void InputsPage::retranslate()
{
    m_add->setText(tr("Com&bine with more inputs"));
    m_hint->setText(tr("Every combination is a task; {1}, {2}, … are the columns of all inputs in this order."));
}

} // namespace procession
