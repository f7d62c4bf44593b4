// What the C library of Windows is to Swift: a module of its own.
#pragma once
#include <string.h>
