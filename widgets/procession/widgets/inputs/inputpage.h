// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/widgets/inputs/inputsource.h>

#include <QtWidgets/QWidget>

namespace procession {

/// The fields of one kind of input source.
class InputPage : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// Shows the members of `source` that this kind uses; changed() is not emitted.
    virtual void setSource(const InputSource &source) = 0;
    /// Puts what the fields say into those members.
    virtual void store(InputSource &source) const = 0;

Q_SIGNALS:
    /// A person changed a field.
    void changed();

protected:
    /// Sets every text; called again when the language changes.
    virtual void retranslate() = 0;
    void changeEvent(QEvent *event) override;
};

} // namespace procession
