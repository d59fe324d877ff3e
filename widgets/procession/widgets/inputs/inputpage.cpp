// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/inputs/inputpage.h>

#include <QtCore/QEvent>

namespace procession {

void InputPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace procession
