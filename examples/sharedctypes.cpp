// SPDX-License-Identifier: MIT
// Numbers, a string and an array of structs in shared memory, with a lock of their own, with a common one, and without.
#include <procession/procession.h>

#include <charconv>
#include <iostream>

using namespace procession;

struct Point
{
    double x;
    double y;
};

void modify(const Value<int> &n, const RawValue<double> &x, const Array<char> &s, const Array<Point> &points)
{
    n.setValue(n * n);
    x.setValue(x * x);
    s.setValue(s.value().toUpper());
    const std::scoped_lock guard(points.lock());
    for (Point &point : points.object()) {
        point.x *= point.x;
        point.y *= point.y;
    }
}

/// As few digits as tell it apart, and at least one behind the point.
std::string text(double number)
{
    char digits[32];
    const std::string all(digits, std::to_chars(digits, std::end(digits), number).ptr);
    return all.find('.') == std::string::npos ? all + ".0" : all;
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);

    const Lock lock;
    const Value<int> n(7);
    const RawValue<double> x(1.0 / 3.0);
    const Array<char> s(lock, "hello world");
    const Array<Point> points(lock, {{1.875, -6.25}, {-5.75, 2.0}, {2.375, 9.5}});

    Process p(&modify, n, x, s, points);
    p.start();
    p.join();

    std::cout << n.value() << '\n' << text(x) << '\n' << s.value().constData() << '\n';
    const char *before = "[";
    for (const Point &point : points.values()) {
        std::cout << before << '(' << text(point.x) << ", " << text(point.y) << ')';
        before = ", ";
    }
    std::cout << "]\n";
}
