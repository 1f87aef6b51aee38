/* What a body changes of what it can come by, with all that it calls. */
#ifndef CUHOSTLINT_ENGINE_PROGRAM_TOUCHES_H
#define CUHOSTLINT_ENGINE_PROGRAM_TOUCHES_H

#include "engine/program/flow.h"

struct touches {
    bool anything;           /* what it does is not known */
    struct name_set changed; /* the members that it writes, or whose memory it may release,
                                register, unregister or hand to code out of sight */
    bool gives_away;         /* it may put a pointer that it is given somewhere, or hand it to code
                                out of sight */
    bool keeps;              /* that, or it writes members: more than bytes that it reads and writes
                              */
};

/* Of the function of that number. What code out of sight may do that is called back by a pointer or
 * a std::function is what any function of the program does that can be called so. */
struct touches touches_of(struct arena *arena, const struct program *program,
                          const struct model_set *models, uint32_t number);

#endif
