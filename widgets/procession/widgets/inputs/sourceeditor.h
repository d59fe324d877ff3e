// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/widgets/inputs/inputsource.h>

#include <QtWidgets/QFrame>

class QComboBox;
class QLabel;
class QToolButton;

namespace procession {

class InputPage;
class ProblemLabel;

/// One input source of a batch: its kind, the fields of that kind, and what is wrong with it.
class SourceEditor : public QFrame
{
    Q_OBJECT

public:
    explicit SourceEditor(QWidget *parent = nullptr);

    InputSource source() const;
    /// changed() is not emitted.
    void setSource(const InputSource &source);
    /// Where this source stands among the others, from 1, and whether it may be removed.
    void setPosition(int position, bool removable);
    /// What is wrong with it, in the person's language; empty when nothing is.
    void setProblem(const QString &problem);

Q_SIGNALS:
    void changed();
    void removeRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void addPage(InputPage *page);
    void showKind(int kind);
    void retranslate();

    QLabel *m_title;
    QComboBox *m_kind;
    QToolButton *m_remove;
    std::vector<InputPage *> m_pages; // by InputSource::Kind; only that of the present kind is visible
    ProblemLabel *m_problem;
    InputSource m_source;
    int m_position = 1;
    int m_shownKind = 0;
};

} // namespace procession
