/* Whether a map has a pointer is the program's own knowledge of that memory: where the path does
 * not know the answer and the program looks, what is registered is the answer's to say. */
#ifndef CUHOSTLINT_ENGINE_LIBRARY_ASKED_KEYS_H
#define CUHOSTLINT_ENGINE_LIBRARY_ASKED_KEYS_H

#include "engine/library/container.h"

/* The map is asked about the pointer by the call that is played. */
void asked_key(struct method_play *play, value_id pointer);
/* ... about the pointers in its first argument, a key of several parts. */
void asked_key_of_parts(struct method_play *play);

#endif
