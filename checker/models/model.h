/* What functions that the checker does not see inside do to host memory, as data.
 *
 * The files rules/models/ *.yaml (read when the program is built) and a project's own `.cuhostlint`
 * are read by the same code into the same table. The engine asks for the model of a callee and
 * plays its effects; the relevance scan and the lowering ask for the names. */
#ifndef CUHOSTLINT_MODELS_MODEL_H
#define CUHOSTLINT_MODELS_MODEL_H

#include "support/arena.h"
#include "support/error.h"
#include "support/vec.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum model_api {
    MODEL_API_RUNTIME,
    MODEL_API_DRIVER,
    MODEL_API_HIP,
    MODEL_API_C,
    MODEL_API_CXX,
    MODEL_API_PROJECT
};

/* How the result tells success. */
enum model_status {
    MODEL_STATUS_NONE,       /* nothing to check */
    MODEL_STATUS_ZERO_OK,    /* cudaError_t, CUresult, hipError_t, posix_memalign: 0 is success */
    MODEL_STATUS_NULL_FAILS, /* malloc: NULL on failure */
    MODEL_STATUS_MINUS_ONE_FAILS, /* mmap, munmap, shmat */
    MODEL_STATUS_NONZERO_OK       /* a project's bool: true is success */
};

/* Where a value of an effect comes from or goes to. */
#define MODEL_RESULT (-1) /* the call's result */
#define MODEL_ABSENT (-2)
/* otherwise the argument's index from 0; for methods of C++ classes 0 is the object itself */

/* A size in bytes: the product of up to three arguments and a constant factor. */
struct model_size {
    int args[3];      /* MODEL_ABSENT where unused; all absent: unknown size */
    uint64_t factor;  /* 1 unless said otherwise */
    bool in_elements; /* counts elements of the result's element type where that is an array
                         (make_unique<T[]>(n)); says nothing where it is not */
};

enum model_memory { /* provenance; also the kind a release expects */
                    MODEL_MEMORY_UNKNOWN,
                    MODEL_MEMORY_PINNED, /* cudaMallocHost, cudaHostAlloc, ... */
                    MODEL_MEMORY_HEAP,   /* malloc family: free, realloc */
                    MODEL_MEMORY_NEW,    /* operator new: delete */
                    MODEL_MEMORY_NEW_ARRAY,
                    MODEL_MEMORY_MAPPING, /* mmap: munmap */
                    MODEL_MEMORY_SHM,     /* shmat: shmdt */
                    MODEL_MEMORY_NUMA,    /* numa_alloc*: numa_free */
                    MODEL_MEMORY_DEVICE,
                    MODEL_MEMORY_MANAGED,
                    MODEL_MEMORY_OTHER, /* a project's own allocator: ordinary memory, released by
                                           its own function */
                    MODEL_MEMORY_STACK  /* alloca: dies when the calling function returns */
};

enum model_effect_kind {
    MODEL_ALLOCATES,   /* `result` (argument: *arg = block; MODEL_RESULT: returns it) := new block
                          of `memory`, `size` bytes, `flags` */
    MODEL_RELEASES,    /* the block at `pointer`, which should be `memory` */
    MODEL_REALLOCATES, /* `pointer` moves to `result`, `size` bytes */
    MODEL_REGISTERS,   /* `pointer`, `size`, `flags` */
    MODEL_UNREGISTERS, /* `pointer` */
    MODEL_CHECKS,      /* takes the status in argument `pointer` and deals with it */
    MODEL_QUERIES,     /* asks what kind of memory `pointer` is: a guard */
    MODEL_READS_LAST_ERROR, /* cudaGetLastError, cudaPeekAtLastError */
    MODEL_WAITS,            /* for work of the device: the last error stays to be read */
    MODEL_DEVICE_POINTER,   /* *result := device address of the registered block `pointer` */
    MODEL_RESETS_DEVICE, /* cudaDeviceReset: registrations are gone; `detail` "maybe" (cuCtxDestroy,
                            of whichever context): what was registered is unknown afterwards */
    MODEL_BEGINS_CAPTURE, /* `flags`: argument with the mode (0 Global, 1 ThreadLocal, 2 Relaxed);
                             absent, or not written in this call: Global */
    MODEL_ENDS_CAPTURE,
    MODEL_SWAPS_CAPTURE_MODE, /* this thread's capture mode is exchanged with *pointer */
    MODEL_PROTECTS,           /* mprotect: block at `pointer` gets protection `flags` (argument) */
    MODEL_OPENS,       /* result is a descriptor; `memory_name`: "file", "memfd", "shm", "device" */
    MODEL_COMMANDS,    /* the file of the descriptor in argument `pointer` is a device's (ioctl) */
    MODEL_RETURNS_ARG, /* result := argument `pointer` (memcpy, std::move, std::addressof, forward)
                        */
    MODEL_ANSWERS,     /* result := `detail` (true, false) */
    MODEL_ASSERTS,     /* argument `pointer` is true after the call */
    MODEL_EXPECTS,  /* result, or the object that is made, := is `pointer` true, or `detail` (equal,
                       different, less, at-most, more, at-least) the value of `other`, as a test
                       expects? (gtest) */
    MODEL_LAUNCHES, /* starts a kernel; `pointer`: array of the addresses of its arguments */
    MODEL_LOADS,    /* result := *pointer (std::atomic::load) */
    MODEL_STORES,   /* *pointer := value of `other` (std::atomic::store) */
    MODEL_COMPARE_EXCHANGES, /* as std::atomic::compare_exchange_strong of *pointer: what is
                                expected there stands at, and what was there goes to, argument
                                `result` */
    MODEL_EXCHANGES, /* result := *pointer, then *pointer := value of `other` (std::exchange) */
    MODEL_FETCHES,   /* result := *pointer, then *pointer := that, `detail` (add, subtract, and, or,
                        xor) the value of `other`, MODEL_ABSENT: 1 (std::atomic::fetch_add) */
    MODEL_UPDATES,   /* the same, and result := what is there then (std::atomic::operator+=) */
    MODEL_SWAPS,     /* swaps the objects at `pointer` and `other` (std::swap) */
    MODEL_MINIMUM,   /* result := address of the smaller of *pointer and *other (std::min) */
    MODEL_MAXIMUM,
    MODEL_FILLS,    /* the object at `pointer` is filled with bytes of value `other` (memset),
                       MODEL_ABSENT: with zeros */
    MODEL_COPIES,   /* `size` bytes at `other` go to `pointer` (memcpy); of no size: nobody knows
                       how many (strcpy) */
    MODEL_REWRITES, /* numbers in the array that `pointer` leads into lie elsewhere, or are others
                       (std::sort) */
    MODEL_CONSTANT, /* result := a number above 0, the same for equal arguments (sysconf) */
    MODEL_ERROR_NUMBER, /* result := address of the last call's error number (errno) */
    MODEL_CALLS_METHOD, /* as the method `detail` of the container or array at `pointer`
                           (std::data, std::size) */
    MODEL_MAKES,        /* result := an object of its type, made from the arguments (make_pair) */
    MODEL_CALLS,   /* calls argument `pointer` with those behind it (std::invoke); only the first
                      time for the object at `other` (std::call_once) */
    MODEL_UNPACKS, /* calls argument `pointer` with what the object at `other` holds (std::visit,
                      std::apply) */
    MODEL_STARTS,  /* as MODEL_CALLS, in a thread of its own; `result`: the object that stands for
                     it (std::thread), MODEL_ABSENT: a thread of the library's (cudaLaunchHostFunc)
                   */
    MODEL_JOINS,   /* waits for the end of the thread that `pointer` stands for */
    MODEL_CONSTRUCTS, /* an object begins at `pointer`, made from the arguments behind it
                         (std::construct_at) */
    MODEL_DESTROYS    /* the object at `pointer` ends, or all up to the pointer `other`, or as many
                         as that says (std::destroy_at, destroy, destroy_n) */
};

struct model_effect {
    enum model_effect_kind kind;
    enum model_memory memory;
    int pointer, result, flags; /* argument index, MODEL_RESULT or MODEL_ABSENT */
    int other;                  /* second object or value; MODEL_ABSENT where there is none */
    const char *flag_family;    /* "register", "alloc" (struct model_constant); NULL: not checked */
    uint64_t valid_flags;       /* all bits that the call accepts; 0: not known */
    struct model_size size;
    int protection, map_flags, descriptor; /* of mmap: argument indexes, MODEL_ABSENT elsewhere */
    bool zero_size_gives_null; /* cudaMallocHost(&p, 0) succeeds and gives NULL (measured) */
    bool noreturn_on_error;    /* MODEL_CHECKS */
    bool zeroed;               /* the block's bytes are 0 (calloc) */
    bool result_owns;          /* the result is an object that owns the block (make_unique) */
    const char *detail;        /* free word: kind of descriptor for MODEL_OPENS, operation */
};

struct model_function {
    const char *name;  /* plain or qualified name without arguments, or the regex's text */
    bool is_qualified; /* has "::": matched against the qualified name; plain names match only
                          functions at global scope or extern "C", and std::NAME for C functions */
    bool is_regex;     /* the whole name must match */
    enum model_api api;
    int min_args, max_args; /* written arguments (the object not counted); max -1: any. A function
                               of the same name with another count is somebody else's */
    enum model_status status;
    bool status_matters; /* unchecked-call watches it: register calls and pinned allocators */
    bool status_advised; /* ... as a note: unregister and free calls */
    bool is_noreturn;
    bool keeps_arguments; /* stores its pointer arguments somewhere: they escape */
    bool is_project;      /* from .cuhostlint */
    VEC(struct model_effect) effects;
};

/* C++ classes that own a buffer. */
enum model_method_kind {
    MODEL_METHOD_NONE,    /* touches nothing of ours: keeps the buffer where it is */
    MODEL_METHOD_BUFFER,  /* returns the buffer's address: data(), get(), begin(), c_str() */
    MODEL_METHOD_ELEMENT, /* returns a reference to an element: operator[](i), at(i), front(),
                             operator* */
    MODEL_METHOD_COUNT,   /* number of elements: size(), length() */
    MODEL_METHOD_BYTES,   /* size in bytes */
    MODEL_METHOD_EMPTY,   /* empty() */
    MODEL_METHOD_CAPACITY,
    MODEL_METHOD_RESERVE,  /* may move; afterwards `argument` elements fit without moving */
    MODEL_METHOD_RESIZE,   /* may move; afterwards count = argument */
    MODEL_METHOD_GROW,     /* may move: push_back, insert, append, assign, operator= */
    MODEL_METHOD_SHRINK,   /* may move: shrink_to_fit */
    MODEL_METHOD_CLEAR,    /* count 0, buffer stays */
    MODEL_METHOD_DROP,     /* count falls, buffer stays: pop_back, erase */
    MODEL_METHOD_RELEASE,  /* unique_ptr::release: gives the pointer away, owner is empty */
    MODEL_METHOD_RESET,    /* frees the old block with the deleter, takes `argument` (or nothing) */
    MODEL_METHOD_SWAP,     /* swaps with argument */
    MODEL_METHOD_ASSIGN,   /* operator=: frees or reuses the old block; move takes the argument's */
    MODEL_METHOD_BOOL,     /* explicit operator bool: owns something */
    MODEL_METHOD_DELETER,  /* get_deleter() */
    MODEL_METHOD_PART,     /* a view from element `argument` on: subspan(), substr() */
    MODEL_METHOD_HEAD,     /* a view of the first `argument` elements: first() */
    MODEL_METHOD_TAIL,     /* a view of the last `argument` elements: last() */
    MODEL_METHOD_END,      /* an iterator behind the last element: end() */
    MODEL_METHOD_RBEGIN,   /* one at the last element, that goes backwards */
    MODEL_METHOD_REND,     /* one before the first element, likewise */
    MODEL_METHOD_OPERATOR, /* of an iterator: its name says what it does */
    MODEL_METHOD_CALL,     /* of a callable: calls what lies in it with the arguments */
    MODEL_METHOD_FIND,     /* an iterator to the element with that key, or end() */
    MODEL_METHOD_HAS,      /* is there an element with that key: contains(), count() */
    MODEL_METHOD_LOCK      /* of a weak one: one more owner, or an empty one */
};

struct model_method {
    const char *name;
    const char *like; /* what one of this name does elsewhere; else the name itself */
    enum model_method_kind kind;
    int argument; /* index of the argument that matters (0: first written one) or MODEL_ABSENT */
};

enum model_container_storage {
    MODEL_STORAGE_DYNAMIC,      /* own heap buffer of elements: vector, string */
    MODEL_STORAGE_INLINE,       /* elements inside the object: array */
    MODEL_STORAGE_UNIQUE,       /* one owned pointer with a deleter: unique_ptr */
    MODEL_STORAGE_SHARED,       /* shared_ptr */
    MODEL_STORAGE_VIEW,         /* somebody else's buffer: span, string_view */
    MODEL_STORAGE_ITERATOR,     /* a position in somebody else's */
    MODEL_STORAGE_NODES,        /* elements of its own that never move: list, deque */
    MODEL_STORAGE_OPTIONAL,     /* one element in the object, or none */
    MODEL_STORAGE_MEMBERS,      /* members first and second, of the template arguments' types */
    MODEL_STORAGE_CALLABLE,     /* something that can be called: std::function */
    MODEL_STORAGE_NUMBER,       /* a number, which is 0 by default: std::error_code */
    MODEL_STORAGE_KEYED,        /* pairs that never move, one for each key: map */
    MODEL_STORAGE_NUMBERED,     /* a member for each template argument: tuple */
    MODEL_STORAGE_WEAK,         /* knows what owners share, and owns nothing: weak_ptr */
    MODEL_STORAGE_ALTERNATIVES, /* an object of one of the template arguments' types: variant */
    MODEL_STORAGE_ANY,          /* an object of any type, or none: any */
    MODEL_STORAGE_BITS          /* flags in the object: bitset */
};

struct model_container {
    const char *name; /* qualified class name: "std::vector", "thrust::host_vector" */
    enum model_container_storage storage;
    enum model_memory memory; /* of the buffer: HEAP for vectors, PINNED for pinned vectors */
    int element_argument;     /* template argument that is the element type */
    int deleter_argument;     /* or MODEL_ABSENT */
    int allocator_argument;   /* a non-default allocator makes the memory kind unknown */
    bool count_constructor;   /* first constructor argument is a count, when it is an integer */
    bool small_inline;        /* short contents lie inside the object (std::string) */
    bool terminated;          /* an element that is not counted ends the buffer (std::string) */
    VEC(struct model_method) methods;
};

struct model_allocator { /* allocator classes whose memory is known */
    const char *name;    /* qualified class name: "std::allocator" */
    enum model_memory memory;
};

struct model_constant { /* flag enumerators and macros, for invalid-flags and messages */
    const char *name;
    const char *family; /* "register", "alloc" ... */
    uint64_t value;
    enum model_api api; /* that declares it */
};

struct model_set {
    struct arena *arena;
    VEC(struct model_function) functions;
    VEC(struct model_container) containers;
    VEC(struct model_allocator) allocators;
    VEC(struct model_constant) constants;
    struct model_index *index; /* made by models_index */
};

/* Reads one YAML text into the set. `origin` (a path) is for messages, which carry line and
 * column. Later entries win over earlier ones of the same name. Project files are read with
 * is_project set. Errors: unknown keys, bad values, broken YAML. */
const struct error *models_read(struct model_set *set, const char *text, size_t len,
                                const char *origin, bool is_project);

/* The same for the sections `functions`, `containers`, `allocators` and `constants` of a project's
 * document that is parsed already; other keys are the caller's. Notes every problem. */
struct ynode;
struct yproblems;
void models_read_sections(struct model_set *set, struct yproblems *problems,
                          const struct ynode *root);

/* Puts the models built into the program (rules/models/ *.yaml) into a set that is empty. */
void models_take_builtin(struct model_set *set);

/* Builds the look-up tables; call once after the last models_read. */
void models_index(struct model_set *set);

/* What the program says about a callee. */
struct model_query {
    const char *name; /* unqualified */
    const char *qualified;
    bool at_global_scope; /* extern "C" or global namespace, or not declared at all */
    int written_args;     /* arguments as written, the object not counted */
    bool is_method;
};

/* The model of a function, or NULL. Driver names match with and without _v2, _v3, _ptsz, _ptds. */
const struct model_function *models_find(const struct model_set *set,
                                         const struct model_query *query);

/* The container of that qualified class name, or NULL; and its method of that name, or NULL. */
const struct model_container *models_container(const struct model_set *set, const char *qualified);
const struct model_method *models_method(const struct model_container *container, const char *name);

/* The memory that an allocator class of that qualified name gives; UNKNOWN where no model says. */
enum model_memory models_allocator_memory(const struct model_set *set, const char *qualified);

/* The flag enumerator or macro of that name, or NULL. */
const struct model_constant *models_constant(const struct model_set *set, const char *name);

/* The length of a CUDA name without what the headers append to it for versions and per-thread
 * streams: cuMemHostRegister_v2, cudaMemcpyAsync_ptsz. */
size_t models_bare_length(const char *name, size_t len);

/* The CUDA name in the name of a variable that holds such a function, with its length in *len:
 * pfn_cuMemHostRegister, cudaHostRegister_fn. Other names stay as they are. */
const char *models_held_name(const char *name, size_t *len);

/* The model's first effect of the kind; NULL: it has none. */
const struct model_effect *models_effect(const struct model_function *function,
                                         enum model_effect_kind kind);

/* True when `name` (an identifier in the text) is a function whose call sites are worth counting:
 * register, unregister, pinned allocation and free, of any API or project. */
bool models_is_watched(const struct model_set *set, const char *name, size_t len);

/* Does a function of that name, cudaGetLastError say, tell how earlier calls went? */
bool models_reads_last_error(const struct model_set *set, const char *name, size_t len);

/* models_is_watched for a model: has it an effect that makes its call sites worth counting? */
bool models_function_is_watched(const struct model_function *function);

#endif
