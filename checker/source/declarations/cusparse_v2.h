/* Part of cusparse.h here. */
#include <cusparse.h>
