// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/widgets/inputs/inputpage.h>

class QLabel;
class QPlainTextEdit;
class QSpinBox;

namespace procession {

/// A range of whole numbers.
class NumbersPage : public InputPage
{
    Q_OBJECT

public:
    explicit NumbersPage(QWidget *parent = nullptr);
    void setSource(const InputSource &source) override;
    void store(InputSource &source) const override;

private:
    void retranslate() override;
    QSpinBox *addField(const QString &name, QLabel *label);

    QLabel *m_firstLabel;
    QSpinBox *m_first;
    QLabel *m_lastLabel;
    QSpinBox *m_last;
    QLabel *m_stepLabel;
    QSpinBox *m_step;
};

/// Inputs typed or pasted, one a line.
class TypedPage : public InputPage
{
    Q_OBJECT

public:
    explicit TypedPage(QWidget *parent = nullptr);
    void setSource(const InputSource &source) override;
    void store(InputSource &source) const override;

private:
    void retranslate() override;

    QPlainTextEdit *m_text;
};

} // namespace procession
