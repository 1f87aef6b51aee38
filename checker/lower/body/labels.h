/* goto and where it goes. */
#ifndef CUHOSTLINT_LOWER_BODY_LABELS_H
#define CUHOSTLINT_LOWER_BODY_LABELS_H

#include "lower/body/body.h"

/* `label: statement` */
void labels_label(struct body *b, node_id node);

/* `goto label;` */
void labels_goto(struct body *b, node_id node);

/* `goto *address;` */
void labels_goto_computed(struct body *b, node_id node);

/* A jump that the program wrote: goto, break or continue. */
void labels_jump(struct body *b, ir_id target);

#endif
