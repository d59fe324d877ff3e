// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/widgets/batch/batchdraft.h>

#include <QtWidgets/QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace procession {

class SourceEditor;

/// The input sources of a batch, one below the other. With several, every combination of their rows is a task.
class InputsPage : public QWidget
{
    Q_OBJECT

public:
    explicit InputsPage(QWidget *parent = nullptr);

    std::vector<InputSource> sources() const;
    /// changed() is not emitted. Without any, one empty source is shown.
    void setSources(const std::vector<InputSource> &sources);
    /// Shows each problem at its source.
    void setProblems(const std::vector<DraftProblem> &problems);

Q_SIGNALS:
    void changed();

protected:
    void changeEvent(QEvent *event) override;

private:
    SourceEditor *addEditor(const InputSource &source);
    void remove(SourceEditor *editor);
    void number();
    void retranslate();

    QVBoxLayout *m_list;
    std::vector<SourceEditor *> m_editors;
    QPushButton *m_add;
    QLabel *m_hint;
};

} // namespace procession
