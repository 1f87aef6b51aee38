/* What a finding is, apart from where it stands today. */
#ifndef CUHOSTLINT_FINDINGS_FINGERPRINT_H
#define CUHOSTLINT_FINDINGS_FINGERPRINT_H

#include "findings/finding.h"

/* Sets the fingerprint of every finding: 32 hexadecimal digits over the rule, the path below the
 * root, the function, the flagged text without white space, and the number among findings that
 * are equal in all of these, in the order of the list. Lines that move, and lines that are wrapped
 * anew, leave it as it is. No two findings of a list have the same one. */
void fingerprint_all(struct findings *findings);

#endif
