// Right: chooses one function of the header, and calls none.
#include "pinned.h"

bool (*const choice)(void *) = pinned::pin_page;
