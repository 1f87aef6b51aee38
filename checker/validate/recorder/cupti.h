/* The part of NVIDIA's CUPTI that the recorder needs. It is loaded at run time, so that the
 * recorder builds without a toolkit and works with any; these are its documented, stable types. */
#ifndef CUHOSTLINT_RECORDER_CUPTI_H
#define CUHOSTLINT_RECORDER_CUPTI_H

#include <stdint.h>

enum cupti_domain { CUPTI_DRIVER = 1, CUPTI_RUNTIME = 2 };
enum cupti_site { CUPTI_ENTER = 0, CUPTI_EXIT = 1 };

/* CUpti_CallbackData */
struct cupti_call {
    int site;
    const char *function;   /* "cudaHostRegister" */
    const void *parameters; /* the arguments, as members of a struct */
    const void *result;     /* the status, at CUPTI_EXIT */
    const char *kernel;
    void *context;
    uint32_t context_id;
    uint64_t *own; /* the subscriber's, from entry to exit of one call */
    uint32_t correlation;
};

typedef void cupti_callback(void *data, int domain, uint32_t id, const struct cupti_call *call);

/* All give 0 where they succeed. */
typedef int cupti_subscribe(void **subscriber, cupti_callback *callback, void *data);
typedef int cupti_enable_callback(uint32_t enable, void *subscriber, int domain, uint32_t id);
typedef int cupti_get_callback_name(int domain, uint32_t id, const char **name);

#endif
