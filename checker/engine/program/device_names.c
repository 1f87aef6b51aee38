#include "engine/program/device_names.h"

#include <string.h>

/* Device nodes, and the regions of PCI devices that sysfs shows. */
static bool is_device_path(const char *path)
{
    return strncmp(path, "/dev/", 5) == 0 || strncmp(path, "/sys/", 5) == 0 ||
           strncmp(path, "/proc/", 6) == 0;
}

bool device_names_is_path(const struct ir_op *op)
{
    return op->code == IR_STRING && op->text && is_device_path(op->text + 1);
}

/* snprintf(path, size, "/dev/shm/%s", name) */
static bool holds_path(const struct ir_function *function)
{
    for (size_t i = 0; i < function->ops.len; i++)
        if (device_names_is_path(&function->ops.data[i]))
            return true;
    return false;
}

/* open_camera(argc > 1 ? argv[1] : "/dev/x"), on another path than the one that asks */
static void note_callees(struct engine *engine, const struct program_function *caller)
{
    for (size_t i = 0; i < caller->ir->ops.len; i++) {
        const struct ir_call *call = caller->ir->ops.data[i].call;
        if (call && call->function != IR_NONE)
            map_set_u64(&engine->device_names,
                        program_number(&engine->program, caller->unit, call->function), 1);
    }
}

static void collect(struct engine *engine)
{
    engine->device_names.arena = engine->lasting;
    for (uint32_t i = 0; i < engine->program.functions.len; i++) {
        const struct program_function *function = &engine->program.functions.data[i];
        if (!holds_path(function->ir))
            continue;
        map_set_u64(&engine->device_names, i, 1);
        note_callees(engine, function);
    }
}

bool device_names_reach(struct engine *engine, uint32_t number)
{
    if (!engine->device_names.arena)
        collect(engine);
    return map_get_u64(&engine->device_names, number) != MAP_NONE;
}
