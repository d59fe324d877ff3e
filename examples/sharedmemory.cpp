// SPDX-License-Identifier: MIT
// A number and an array in shared memory, which a child changes.
#include <procession/procession.h>

#include <iostream>

using namespace procession;

void f(const Value<double> &n, const Array<int> &a)
{
    n.setValue(3.1415927);
    for (std::size_t i = 0; i < a.size(); ++i)
        a.set(i, -a[i]);
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);

    const Value<double> num(0.0);
    const Array<int> arr{0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

    Process p(&f, num, arr);
    p.start();
    p.join();

    std::cout.precision(8);
    std::cout << num.value() << '\n';
    const char *before = "[";
    for (const int number : arr.values()) {
        std::cout << before << number;
        before = ", ";
    }
    std::cout << "]\n";
}
