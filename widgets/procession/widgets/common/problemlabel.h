// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtWidgets/QLabel>

namespace procession {

/// A line that says what is wrong, right where it is wrong; it stands out in light and in dark, and is hidden while it is empty.
class ProblemLabel : public QLabel
{
    Q_OBJECT

public:
    explicit ProblemLabel(QWidget *parent = nullptr);

    /// Shows `text`, or hides the label when it is empty.
    void setProblem(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    void colour();
};

} // namespace procession
