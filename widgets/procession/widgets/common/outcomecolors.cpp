// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/common/outcomecolors.h>

namespace procession {

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::WindowText).lightness() > palette.color(QPalette::Window).lightness();
}

QColor stateColor(TaskState state, const QPalette &palette)
{
    const bool dark = isDark(palette);
    switch (state) {
    case TaskState::Queued:
        return dark ? QColor(0x9a, 0xa0, 0xa6) : QColor(0x6b, 0x72, 0x80);
    case TaskState::Running:
        return dark ? QColor(0x5c, 0xb0, 0xff) : QColor(0x1d, 0x6f, 0xd1);
    case TaskState::Done:
        return dark ? QColor(0x57, 0xc7, 0x7a) : QColor(0x1e, 0x86, 0x3f);
    case TaskState::Failed:
        return dark ? QColor(0xff, 0x7b, 0x72) : QColor(0xc6, 0x28, 0x28);
    case TaskState::Cancelled:
        return dark ? QColor(0xd6, 0xa9, 0x4a) : QColor(0x9a, 0x67, 0x00);
    case TaskState::Lost:
        return dark ? QColor(0xd2, 0x8c, 0xff) : QColor(0x7b, 0x2f, 0xb5);
    }
    Q_UNREACHABLE();
}

QColor blended(const QColor &color, const QColor &ground, double strength)
{
    const auto mix = [strength](int over, int under) { return qRound(over * strength + under * (1 - strength)); };
    return {mix(color.red(), ground.red()), mix(color.green(), ground.green()), mix(color.blue(), ground.blue())};
}

} // namespace procession
