/* Functions whose bodies the checker does not see when it lints one file. unseen.c has them, for
 * the programs that are linked and run. */
#ifndef CUHOSTLINT_TESTDATA_UNSEEN_H
#define CUHOSTLINT_TESTDATA_UNSEEN_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

void unseen_keep(void *pointer);       /* may free it, unregister it or store it */
void *unseen_get(size_t size);         /* memory of an unknown kind */
size_t unseen_size(void);              /* any number */
int unseen_choice(void);               /* 0 or 1 */
void unseen_read(const void *pointer); /* looks at the contents */
void unseen_fatal(const char *text);   /* ends the process, which its declaration does not say */

#ifdef __cplusplus
}
#endif

#endif
