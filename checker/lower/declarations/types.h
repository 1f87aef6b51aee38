/* clang's types to the unit's: one entry per canonical type. */
#ifndef CUHOSTLINT_LOWER_DECLARATIONS_TYPES_H
#define CUHOSTLINT_LOWER_DECLARATIONS_TYPES_H

#include "lower/builder.h"

ir_id types_of(struct unit_builder *u, CXType type);
ir_id types_of_cursor(struct unit_builder *u, CXCursor cursor);

/* Types that the lowering needs by itself. */
ir_id types_void(struct unit_builder *u);
ir_id types_bool(struct unit_builder *u);
ir_id types_int(struct unit_builder *u);
ir_id types_size(struct unit_builder *u);
ir_id types_unknown(struct unit_builder *u);
ir_id types_void_pointer(struct unit_builder *u);
ir_id types_reference_to(struct unit_builder *u, ir_id element, bool is_rvalue);
ir_id types_pointer_to(struct unit_builder *u, ir_id element);
ir_id types_record(struct unit_builder *u, ir_id record);
/* A builtin type by its canonical name ("unsigned int"), or types_unknown. */
ir_id types_builtin(struct unit_builder *u, const char *name);

/* Never NULL: an entry of kind IR_TYPE_UNKNOWN stands for IR_NONE. */
const struct ir_type *types_get(const struct unit_builder *u, ir_id type);
enum ir_type_kind types_kind(const struct unit_builder *u, ir_id type);

/* Both are the same class or union (qualifiers do not count); false where either is none. */
bool types_is_same_record(const struct unit_builder *u, ir_id x, ir_id y);

/* Bytes of a type, or IR_SIZE_UNKNOWN. */
uint64_t types_bytes(const struct unit_builder *u, ir_id type);

/* Without const at the top. */
ir_id types_unqualified(struct unit_builder *u, ir_id type);

#endif
