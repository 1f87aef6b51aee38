#include "lower/declarations/functions.h"

#include "lower/declarations/attributes.h"
#include "lower/declarations/call_operators.h"
#include "lower/declarations/locations.h"
#include "lower/declarations/names.h"
#include "lower/declarations/records.h"
#include "lower/declarations/types.h"

#include <string.h>

bool functions_is_function(enum CXCursorKind kind)
{
    switch (kind) {
    case CXCursor_FunctionDecl:
    case CXCursor_CXXMethod:
    case CXCursor_Constructor:
    case CXCursor_Destructor:
    case CXCursor_ConversionFunction:
    case CXCursor_FunctionTemplate:
        return true;
    default:
        return false;
    }
}

/* ---- entries --------------------------------------------------------------------------- */

ir_id functions_add(struct unit_builder *u, struct ir_function function,
                    struct function_source source)
{
    ir_id id = (ir_id)u->unit->functions.len;
    vec_push(u->arena, &u->unit->functions, function);
    vec_push(u->arena, &u->functions, source);
    map_set(&u->keys, function.key, id);
    if (function.record != IR_NONE)
        vec_push(u->arena, &u->unit->records.data[function.record].methods, id);
    return id;
}

static enum CXCursorKind function_kind(struct unit_builder *u, CXCursor cursor)
{
    enum CXCursorKind kind = u->clang->getCursorKind(cursor);
    return kind == CXCursor_FunctionTemplate ? u->clang->getTemplateCursorKind(cursor) : kind;
}

static enum ir_function_kind ir_kind(enum CXCursorKind kind)
{
    switch (kind) {
    case CXCursor_CXXMethod:
    case CXCursor_ConversionFunction:
        return IR_FUNCTION_METHOD;
    case CXCursor_Constructor:
        return IR_FUNCTION_CONSTRUCTOR;
    case CXCursor_Destructor:
        return IR_FUNCTION_DESTRUCTOR;
    default:
        return IR_FUNCTION_FREE;
    }
}

static bool has_this(const struct ir_function *function)
{
    return function->kind != IR_FUNCTION_FREE && function->kind != IR_FUNCTION_INIT &&
           !function->is_static_method;
}

void functions_set_signature(struct unit_builder *u, struct ir_function *function, CXType type)
{
    CXType canonical = u->clang->getCanonicalType(type);
    function->result_type = types_of(u, u->clang->getResultType(canonical));
    function->is_variadic = u->clang->isFunctionTypeVariadic(canonical) != 0;
    if (has_this(function)) {
        ir_id record =
            function->record == IR_NONE ? types_unknown(u) : types_record(u, function->record);
        vec_push(u->arena, &function->param_types, types_pointer_to(u, record));
    }
    int count = u->clang->getNumArgTypes(canonical);
    for (int i = 0; i < count; i++) {
        ir_id param = types_of(u, u->clang->getArgType(canonical, (unsigned)i));
        vec_push(u->arena, &function->param_types, param);
    }
    function->param_count = (uint32_t)function->param_types.len;
}

/* The class that a member function belongs to, or IR_NONE. */
static ir_id owner_of(struct unit_builder *u, CXCursor cursor)
{
    CXCursor parent = u->clang->getCursorSemanticParent(cursor);
    switch (u->clang->getCursorKind(parent)) {
    case CXCursor_StructDecl:
    case CXCursor_ClassDecl:
    case CXCursor_UnionDecl:
    case CXCursor_ClassTemplate:
    case CXCursor_ClassTemplatePartialSpecialization:
        return records_of(u, parent);
    default:
        return IR_NONE;
    }
}

static CXCursor definition_of(struct unit_builder *u, CXCursor cursor)
{
    CXCursor definition = u->clang->getCursorDefinition(cursor);
    return u->clang->Cursor_isNull(definition) ? cursor : definition;
}

/* A class inside a template that is not instantiated, or a function template itself. */
static bool is_pattern(struct unit_builder *u, CXCursor cursor)
{
    if (u->clang->getCursorKind(cursor) == CXCursor_FunctionTemplate)
        return true;
    for (CXCursor scope = u->clang->getCursorSemanticParent(cursor);;
         scope = u->clang->getCursorSemanticParent(scope)) {
        enum CXCursorKind kind = u->clang->getCursorKind(scope);
        if (kind == CXCursor_ClassTemplate || kind == CXCursor_FunctionTemplate ||
            kind == CXCursor_ClassTemplatePartialSpecialization)
            return true;
        if (u->clang->isInvalid(kind) || kind == CXCursor_TranslationUnit)
            return false;
    }
}

static bool is_special_member(struct unit_builder *u, CXCursor cursor)
{
    if (u->clang->getCursorKind(cursor) == CXCursor_Constructor)
        return u->clang->CXXConstructor_isDefaultConstructor(cursor) ||
               u->clang->CXXConstructor_isCopyConstructor(cursor) ||
               u->clang->CXXConstructor_isMoveConstructor(cursor);
    return u->clang->CXXMethod_isCopyAssignmentOperator(cursor) ||
           u->clang->CXXMethod_isMoveAssignmentOperator(cursor);
}

bool functions_is_implicit(struct unit_builder *u, CXCursor cursor)
{
    if (!is_special_member(u, cursor))
        return false;
    if (u->clang->CXXMethod_isDefaulted(cursor))
        return true;
    /* An undeclared one stands at the name of its class. */
    CXCursor parent = u->clang->getCursorSemanticParent(cursor);
    return u->clang->equalLocations(u->clang->getCursorLocation(cursor),
                                    u->clang->getCursorLocation(parent)) != 0;
}

static bool may_be_synthesised(enum CXCursorKind kind)
{
    return kind == CXCursor_Constructor || kind == CXCursor_CXXMethod;
}

static enum body_kind body_kind_of(struct unit_builder *u, CXCursor cursor,
                                   const struct ir_function *function)
{
    if (function->is_device_only || function->in_system_header)
        return BODY_NONE;
    if (may_be_synthesised(function_kind(u, cursor)) && functions_is_implicit(u, cursor))
        return BODY_IMPLICIT;
    return u->clang->isCursorDefinition(cursor) ? BODY_WRITTEN : BODY_NONE;
}

static void note_instance(struct unit_builder *u, CXCursor cursor)
{
    CXCursor pattern = u->clang->getSpecializedCursorTemplate(cursor);
    if (u->clang->Cursor_isNull(pattern))
        return;
    map_set_u64(&u->instantiated, declaration_key(pattern), 1);
    map_set_u64(&u->instantiated, declaration_key(definition_of(u, pattern)), 1);
}

/* A function that a guessed header only declares is the project's, defined elsewhere. */
static bool is_of_system(struct unit_builder *u, CXCursor cursor)
{
    bool is_declared_only = u->clang->Cursor_isNull(u->clang->getCursorDefinition(cursor)) != 0;
    return locations_in_system_header(u, cursor) &&
           !(is_declared_only && locations_in_guessed_header(u, cursor));
}

static bool is_hidden(struct unit_builder *u, CXCursor member)
{
    enum CX_CXXAccessSpecifier access = u->clang->getCXXAccessSpecifier(member);
    return access == CX_CXXPrivate || access == CX_CXXProtected;
}

static struct ir_function describe(struct unit_builder *u, CXCursor cursor)
{
    enum CXCursorKind kind = function_kind(u, cursor);
    struct ir_function function = {
        .name = names_plain(u, cursor),
        .qualified = names_qualified(u, cursor),
        .kind = ir_kind(kind),
        .record = owner_of(u, cursor),
        .is_static = names_is_internal(u, cursor),
        .is_static_method = kind == CXCursor_CXXMethod && u->clang->CXXMethod_isStatic(cursor),
        .is_const_method = (kind == CXCursor_CXXMethod || kind == CXCursor_ConversionFunction) &&
                           u->clang->CXXMethod_isConst(cursor) != 0,
        .is_hidden = is_hidden(u, cursor),
        .is_template_pattern = is_pattern(u, cursor),
        .is_extern_c_or_global = names_at_global_scope(u, cursor),
        .is_noexcept = attributes_is_noexcept(u, cursor),
        .is_virtual = u->clang->CXXMethod_isVirtual(cursor) != 0,
        .in_system_header = is_of_system(u, cursor),
        .loc = locations_name(u, cursor),
        .end = IR_NO_LOC,
    };
    function.is_device_only = attributes_runs_on_device(u, cursor, &function.is_kernel);
    function.is_noreturn = attributes_is_noreturn(u, cursor, function.qualified);
    if (function.record != IR_NONE && u->unit->records.data[function.record].is_lambda) {
        function.kind = IR_FUNCTION_LAMBDA;
        function.qualified = "(lambda)::operator()";
    }
    return function;
}

/* Instances for different lambdas have one USR: their types and classes tell them apart. */
static const char *key_of(struct unit_builder *u, CXCursor cursor)
{
    const char *key = names_key(u, cursor);
    ir_id owner = owner_of(u, cursor);
    if (owner != IR_NONE && names_has_place(u->unit->records.data[owner].display))
        key = arena_printf(u->arena, "%s@%s", key, u->unit->records.data[owner].display);
    if (u->clang->Cursor_isNull(u->clang->getSpecializedCursorTemplate(cursor)))
        return key;
    const char *type = names_of_type(u, u->clang->getCursorType(cursor));
    return names_has_place(type) ? arena_printf(u->arena, "%s@%s", key, type) : key;
}

/* Of a member of an instance of a class, clang gives the member of the class's pattern. */
static bool is_instance_of_a_template(struct unit_builder *u, CXCursor function)
{
    CXCursor pattern = u->clang->getSpecializedCursorTemplate(function);
    return u->clang->getCursorKind(pattern) == CXCursor_FunctionTemplate;
}

/* The closure whose own operator() this is; instances of generic ones are ordinary functions. */
static ir_id closure_of(struct unit_builder *u, CXCursor declaration)
{
    if (u->clang->getCursorKind(declaration) != CXCursor_CXXMethod ||
        is_instance_of_a_template(u, declaration))
        return IR_NONE;
    ir_id record = owner_of(u, declaration);
    if (record == IR_NONE || !u->unit->records.data[record].is_lambda ||
        strcmp(names_plain(u, declaration), "operator()") != 0)
        return IR_NONE;
    return record;
}

/* Destructors and the call operators of closures are entered with their classes. */
static ir_id member_made_with_class(struct unit_builder *u, CXCursor declaration)
{
    ir_id closure = closure_of(u, declaration);
    if (closure != IR_NONE)
        return call_operators_of(u, closure);
    if (u->clang->getCursorKind(declaration) != CXCursor_Destructor)
        return IR_NONE;
    ir_id owner = owner_of(u, declaration);
    return owner == IR_NONE ? IR_NONE : records_destructor(u, owner);
}

ir_id functions_of(struct unit_builder *u, CXCursor declaration)
{
    uint32_t known = map_get_u64(&u->declarations, declaration_key(declaration));
    if (known != (uint32_t)MAP_NONE)
        return known;
    known = member_made_with_class(u, declaration);
    if (known != IR_NONE) {
        map_set_u64(&u->declarations, declaration_key(declaration), known);
        return known;
    }
    CXCursor cursor = definition_of(u, declaration);
    const char *key = key_of(u, cursor);
    known = map_get(&u->keys, key);
    if (known == (uint32_t)MAP_NONE) {
        struct ir_function function = describe(u, cursor);
        function.key = key;
        functions_set_signature(u, &function, u->clang->getCursorType(cursor));
        /* Describing may have met the function itself, by way of its class. */
        known = map_get(&u->keys, key);
        if (known == (uint32_t)MAP_NONE) {
            enum body_kind body = body_kind_of(u, cursor, &function);
            function.is_implicit = body == BODY_IMPLICIT;
            known = functions_add(u, function,
                                  (struct function_source){.cursor = cursor, .body = body});
            note_instance(u, cursor);
        }
    }
    map_set_u64(&u->declarations, declaration_key(declaration), known);
    map_set_u64(&u->declarations, declaration_key(cursor), known);
    return known;
}

bool functions_only_overload(struct unit_builder *u, CXCursor overloads, CXCursor *function)
{
    if (u->clang->getCursorKind(overloads) != CXCursor_OverloadedDeclRef ||
        u->clang->getNumOverloadedDecls(overloads) != 1)
        return false;
    *function = u->clang->getOverloadedDecl(overloads, 0);
    return functions_is_function(u->clang->getCursorKind(*function));
}

void functions_want(struct unit_builder *u, ir_id function)
{
    if (u->functions.data[function].body == BODY_NONE || u->functions.data[function].is_queued)
        return;
    u->functions.data[function].is_queued = true;
    vec_push(u->arena, &u->queue, function);
}

static const char *last_name(const char *qualified)
{
    const char *name = qualified;
    for (const char *at = strstr(qualified, "::"); at; at = strstr(at + 2, "::"))
        name = at + 2;
    return name;
}

ir_id functions_named(struct unit_builder *u, const char *qualified, ir_id result_type)
{
    uint32_t known = map_get(&u->keys, qualified);
    if (known != (uint32_t)MAP_NONE)
        return known;
    const char *name = last_name(qualified);
    struct ir_function function = {
        .name = name,
        .qualified = qualified,
        .key = qualified,
        .record = IR_NONE,
        .is_extern_c_or_global = name == qualified,
        .is_noreturn = attributes_is_noreturn_name(qualified),
        .in_system_header = true,
        .is_variadic = true,
        .result_type = result_type == IR_NONE ? types_unknown(u) : result_type,
        .loc = IR_NO_LOC,
        .end = IR_NO_LOC,
    };
    return functions_add(u, function, (struct function_source){.body = BODY_NONE});
}

static ir_id library_member(struct unit_builder *u, ir_id record, const char *name,
                            enum ir_function_kind kind, ir_id param, ir_id result_type)
{
    const struct ir_record *owner = &u->unit->records.data[record];
    const char *given = param == IR_NONE ? "" : types_get(u, param)->name;
    const char *key = arena_printf(u->arena, "%s::%s%s", owner->key, name, given ? given : "");
    uint32_t known = map_get(&u->keys, key);
    if (known != (uint32_t)MAP_NONE)
        return known;
    struct ir_function function = {
        .name = name,
        .qualified = arena_printf(u->arena, "%s::%s", owner->name, name),
        .key = key,
        .kind = kind,
        .record = record,
        .in_system_header = true,
        .is_noexcept = true,
        .result_type = result_type,
        .param_count = 1,
        .loc = IR_NO_LOC,
        .end = IR_NO_LOC,
    };
    vec_push(u->arena, &function.param_types, types_pointer_to(u, types_record(u, record)));
    if (param != IR_NONE)
        vec_push(u->arena, &function.param_types, param);
    return functions_add(u, function, (struct function_source){.body = BODY_NONE});
}

ir_id functions_member_named(struct unit_builder *u, ir_id record, const char *name,
                             ir_id result_type)
{
    return library_member(u, record, name, IR_FUNCTION_METHOD, IR_NONE, result_type);
}

ir_id functions_conversion(struct unit_builder *u, ir_id record, ir_id from)
{
    const char *class = u->unit->records.data[record].name, *last = strrchr(class, ':');
    return library_member(u, record, last ? last + 1 : class, IR_FUNCTION_CONSTRUCTOR, from,
                          types_void(u));
}

ir_id functions_assignment(struct unit_builder *u, ir_id record, ir_id from)
{
    return library_member(u, record, "operator=", IR_FUNCTION_METHOD, from, types_void(u));
}

ir_id functions_construction(struct unit_builder *u, ir_id record, const ir_id *from, size_t count)
{
    const char *key =
        arena_printf(u->arena, "std::construct_at(%s", u->unit->records.data[record].key);
    for (size_t i = 0; i < count; i++)
        key = arena_printf(u->arena, "%s, %s", key, types_get(u, from[i])->name);
    uint32_t known = map_get(&u->keys, key);
    if (known != (uint32_t)MAP_NONE)
        return known;
    struct ir_function function = {
        .name = "construct_at",
        .qualified = "std::construct_at",
        .key = key,
        .record = IR_NONE,
        .in_system_header = true,
        .result_type = types_pointer_to(u, types_record(u, record)),
        .param_count = (ir_id)count + 1,
        .loc = IR_NO_LOC,
        .end = IR_NO_LOC,
    };
    vec_push(u->arena, &function.param_types, function.result_type);
    for (size_t i = 0; i < count; i++)
        vec_push(u->arena, &function.param_types, types_reference_to(u, from[i], true));
    return functions_add(u, function, (struct function_source){.body = BODY_NONE});
}

/* ---- destructors ----------------------------------------------------------------------- */

static const char *destructor_key(struct unit_builder *u, const struct ir_record *owner,
                                  CXCursor linked)
{
    const char *file = names_is_internal(u, linked) ? u->source->path : "";
    return arena_printf(u->arena, "%s%s::~", file, owner->key);
}

static ir_id add_destructor(struct unit_builder *u, ir_id record, CXCursor declared,
                            enum body_kind body)
{
    const struct ir_record *owner = &u->unit->records.data[record];
    const char *plain = owner->name;
    for (const char *at = strstr(plain, "::"); at; at = strstr(plain, "::"))
        plain = at + 2;
    const char *name = arena_printf(u->arena, "~%s", plain);
    bool is_declared = !u->clang->Cursor_isNull(declared);
    CXCursor linked = is_declared ? declared : u->records.data[record].declaration;
    struct ir_function function = {
        .name = name,
        .qualified = arena_printf(u->arena, "%s::%s", owner->name, name),
        .key = destructor_key(u, owner, linked),
        .kind = IR_FUNCTION_DESTRUCTOR,
        .record = record,
        .is_static = names_is_internal(u, linked),
        .is_noexcept = true,
        .is_virtual = is_declared && u->clang->CXXMethod_isVirtual(declared),
        .is_hidden = is_declared && is_hidden(u, declared),
        .is_implicit = body == BODY_IMPLICIT,
        .in_system_header = owner->in_system_header,
        .is_template_pattern =
            u->clang->getCursorKind(u->records.data[record].declaration) == CXCursor_ClassTemplate,
        .result_type = types_void(u),
        .param_count = 1,
        .loc = is_declared ? locations_name(u, declared) : owner->loc,
        .end = IR_NO_LOC,
    };
    if (is_declared) {
        bool is_kernel;
        function.is_device_only = attributes_runs_on_device(u, declared, &is_kernel);
    }
    if (function.in_system_header || function.is_device_only)
        body = BODY_NONE;
    vec_push(u->arena, &function.param_types, types_pointer_to(u, types_record(u, record)));
    ir_id id =
        functions_add(u, function, (struct function_source){.cursor = declared, .body = body});
    return id;
}

ir_id functions_destructor(struct unit_builder *u, ir_id record, CXCursor declared)
{
    CXCursor cursor = definition_of(u, declared);
    bool has_body = u->clang->isCursorDefinition(cursor) != 0;
    if (!u->clang->Cursor_isNull(u->records.data[record].pattern))
        map_set_u64(&u->instantiated, declaration_key(cursor), 1);
    /* A destructor defined in another file has no body here. */
    return add_destructor(u, record, cursor, has_body ? BODY_WRITTEN : BODY_NONE);
}

ir_id functions_implicit_destructor(struct unit_builder *u, ir_id record, CXCursor declared)
{
    return add_destructor(u, record, declared, BODY_IMPLICIT);
}
