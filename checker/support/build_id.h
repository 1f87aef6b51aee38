/* The linker's own hash of all that it linked, which stands in the notes of programs and shared
 * libraries (.note.gnu.build-id). */
#ifndef CUHOSTLINT_SUPPORT_BUILD_ID_H
#define CUHOSTLINT_SUPPORT_BUILD_ID_H

#include <stddef.h>

/* That of the loaded object which holds `address`; *bytes is the object's own memory. 0: it has
 * none, or no object holds the address. */
size_t build_id_of(const void *address, const unsigned char **bytes);

#endif
