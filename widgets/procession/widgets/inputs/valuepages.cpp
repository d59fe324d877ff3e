// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/inputs/valuepages.h>

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QSpinBox>

namespace procession {

NumbersPage::NumbersPage(QWidget *parent)
    : InputPage(parent), m_firstLabel(new QLabel), m_lastLabel(new QLabel), m_stepLabel(new QLabel)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    m_first = addField(QStringLiteral("first"), m_firstLabel);
    m_last = addField(QStringLiteral("last"), m_lastLabel);
    m_step = addField(QStringLiteral("step"), m_stepLabel);
    layout->addStretch();
    NumbersPage::retranslate();
}

QSpinBox *NumbersPage::addField(const QString &name, QLabel *label)
{
    auto *field = new QSpinBox;
    field->setObjectName(name);
    field->setRange(std::numeric_limits<int>::min(), std::numeric_limits<int>::max());
    field->setMinimumWidth(field->fontMetrics().horizontalAdvance(QStringLiteral("-2147483648")) + 40);
    field->setGroupSeparatorShown(true);
    label->setBuddy(field);
    layout()->addWidget(label);
    layout()->addWidget(field);
    connect(field, &QSpinBox::valueChanged, this, &InputPage::changed);
    return field;
}

void NumbersPage::setSource(const InputSource &source)
{
    const QSignalBlocker blockers[]{QSignalBlocker(m_first), QSignalBlocker(m_last), QSignalBlocker(m_step)};
    m_first->setValue(static_cast<int>(source.first));
    m_last->setValue(static_cast<int>(source.last));
    m_step->setValue(static_cast<int>(source.step));
}

void NumbersPage::store(InputSource &source) const
{
    source.first = m_first->value();
    source.last = m_last->value();
    source.step = m_step->value();
}

void NumbersPage::retranslate()
{
    m_firstLabel->setText(tr("&From:"));
    m_lastLabel->setText(tr("&To:"));
    m_stepLabel->setText(tr("&Step:"));
}

TypedPage::TypedPage(QWidget *parent) : InputPage(parent), m_text(new QPlainTextEdit)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_text);
    m_text->setObjectName(QStringLiteral("typed"));
    m_text->setMinimumHeight(72);
    m_text->setTabChangesFocus(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    connect(m_text, &QPlainTextEdit::textChanged, this, &InputPage::changed);
    TypedPage::retranslate();
}

void TypedPage::setSource(const InputSource &source)
{
    if (m_text->toPlainText() == source.text)
        return;
    const QSignalBlocker blocker(m_text);
    m_text->setPlainText(source.text);
}

void TypedPage::store(InputSource &source) const { source.text = m_text->toPlainText(); }

void TypedPage::retranslate()
{
    m_text->setAccessibleName(tr("Inputs, one a line"));
    m_text->setPlaceholderText(tr("One input a line"));
}

} // namespace procession
