// doctest for kith's tests. Include it last, after a blank line: doctest's CHECK replaces the product's here,
// while product headers above have already been read with their own.
#pragma once
#undef CHECK
#include <doctest/doctest.h>
