// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/common/problemlabel.h>

#include <QtCore/QEvent>

namespace procession {

ProblemLabel::ProblemLabel(QWidget *parent) : QLabel(parent)
{
    setObjectName(QStringLiteral("problem"));
    setWordWrap(true);
    setTextFormat(Qt::PlainText);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setVisible(false);
    colour();
}

void ProblemLabel::setProblem(const QString &text)
{
    setText(text);
    setVisible(!text.isEmpty());
}

void ProblemLabel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::ApplicationPaletteChange)
        colour();
    QLabel::changeEvent(event);
}

void ProblemLabel::colour()
{
    QPalette colours;
    const bool dark = colours.color(QPalette::Window).lightness() < 128;
    colours.setColor(QPalette::WindowText, dark ? QColor(255, 138, 128) : QColor(176, 0, 32));
    setPalette(colours);
}

} // namespace procession
