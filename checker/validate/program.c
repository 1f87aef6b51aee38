#include "validate/program.h"

#include "support/map.h"
#include "validate/proofs.h"
#include "validate/writer.h"

#include <string.h>

enum { LINE_WIDTH = 96 };

static const struct include {
    unsigned parts; /* 0: always */
    const char *line;
} includes[] = {
    {PART_DRIVER, "#include <cuda.h>\n"},
    {0, "#include <cuda_runtime.h>\n\n"},
    {PART_MAPPINGS, "#include <sys/mman.h>\n#include <unistd.h>\n\n"},
    {PART_SHM, "#include <sys/ipc.h>\n#include <sys/shm.h>\n\n"},
    {PART_MALLOC, "#include <malloc.h>\n\n"},
    {PART_SIGNALS, "#include <unistd.h>\n\n"},
    {PART_CLOCK, "#include <chrono>\n"},
    {PART_SIGNALS, "#include <csignal>\n"},
    {0, "#include <cstdio>\n#include <cstdlib>\n"},
    {PART_STRINGS, "#include <cstring>\n"},
    {PART_VECTOR, "#include <vector>\n"},
};

static const struct helper {
    unsigned parts;
    const char *text;
} helpers[] = {
    {PART_RUNTIME | PART_DRIVER, "// Prints a call and its status, and gives the status.\n"
                                 "#define CALL(call) show(#call, call)\n"},
    {PART_RUNTIME, "static int show(const char *call, cudaError_t status)\n"
                   "{\n"
                   "    std::printf(\"%s\\n    = %d %s\\n\", call, static_cast<int>(status), "
                   "cudaGetErrorName(status));\n"
                   "    return static_cast<int>(status);\n"
                   "}\n"},
    {PART_DRIVER,
     "static int show(const char *call, CUresult status)\n"
     "{\n"
     "    const char *name = nullptr;\n"
     "    cuGetErrorName(status, &name);\n"
     "    std::printf(\"%s\\n    = %d %s\\n\", call, static_cast<int>(status), name);\n"
     "    return static_cast<int>(status);\n"
     "}\n"},
    {PART_NEED, "// What the path takes for granted: without it, nothing can be said.\n"
                "static void need(bool holds, const char *what)\n"
                "{\n"
                "    if (holds)\n"
                "        return;\n"
                "    std::printf(\"inconclusive: failed: %s\\n\", what);\n"
                "    std::exit(20);\n"
                "}\n"},
    {PART_MUST, "#define MUST(call) need(show(#call, call) == 0, #call)\n"},
    {~0U, "static int conclude(bool holds, const char *prediction)\n"
          "{\n"
          "    std::printf(\"%s: %s\\n\", holds ? \"confirmed\" : \"refuted\", prediction);\n"
          "    return holds ? 0 : 10;\n"
          "}\n"},
    {PART_KERNEL, "__global__ void touch(char *pointer)\n"
                  "{\n"
                  "    if (pointer)\n"
                  "        *pointer = 1;\n"
                  "}\n"},
    {PART_SIGNALS, "static void crashed(int)\n"
                   "{\n"
                   "    static const char text[] = \"confirmed: it crashes\\n\";\n"
                   "    _exit(write(STDOUT_FILENO, text, sizeof text - 1) > 0 ? 0 : 20);\n"
                   "}\n"
                   "\n"
                   "static void crash_is_the_proof()\n"
                   "{\n"
                   "    std::setvbuf(stdout, nullptr, _IONBF, 0);\n"
                   "    std::signal(SIGSEGV, crashed);\n"
                   "    std::signal(SIGABRT, crashed);\n"
                   "}\n"},
    {PART_AGAIN,
     "// Allocates until memory of the block is handed out again: by mmap where its pages went "
     "back "
     "to the\n"
     "// system, else by malloc.\n"
     "static char *allocate_at(char *address, std::size_t size)\n"
     "{\n"
     "    std::size_t inside = reinterpret_cast<std::size_t>(address) % 4096;\n"
     "    void *page = mmap(address - inside, inside + size, PROT_READ | PROT_WRITE,\n"
     "                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);\n"
     "    if (page == address - inside)\n"
     "        return address;\n"
     "    for (int i = 0; i < 256; i++) { // small blocks lie behind others that were freed\n"
     "        char *again = static_cast<char *>(std::malloc(size));\n"
     "        if (again < address + size && address < again + size)\n"
     "            return again;\n"
     "    }\n"
     "    return nullptr;\n"
     "}\n"},
    {PART_DEVICE,
     "// What the device has after a copy of the block: its first byte, copied back; -1 "
     "where it cannot be\n"
     "// copied.\n"
     "static int seen_by_device(const char *host, std::size_t size)\n"
     "{\n"
     "    char *device = nullptr, back = 0;\n"
     "    MUST(cudaMalloc(&device, size));\n"
     "    if (CALL(cudaMemcpy(device, host, size, cudaMemcpyHostToDevice)) != 0)\n"
     "        return -1;\n"
     "    MUST(cudaMemcpy(&back, device, 1, cudaMemcpyDeviceToHost));\n"
     "    std::printf(\"the host wrote %d, the device saw %d\\n\", *host, back);\n"
     "    return back;\n"
     "}\n"},
};

/* Breaks a text into comment lines. */
static void add_wrapped(struct strbuf *out, const char *text)
{
    size_t column = 0;

    for (const char *word = text; *word;) {
        size_t len = strcspn(word, " ");
        if (column && column + 1 + len > LINE_WIDTH) {
            strbuf_addc(out, '\n');
            column = 0;
        }
        strbuf_adds(out, column ? " " : "// ");
        strbuf_add(out, word, len);
        column += (column ? 1 : 3) + len;
        word += len + strspn(word + len, " ");
    }
    strbuf_addc(out, '\n');
}

static void add_heading(const struct writer *w, struct strbuf *out, const struct program *program)
{
    const struct finding *finding = w->finding;

    strbuf_addf(out, "// %s, at %s", finding->rule, writer_place_name(w, &finding->at));
    if (finding->function && *finding->function)
        strbuf_addf(out, " in %s", finding->function);
    strbuf_adds(out, ":\n");
    add_wrapped(out, finding->message);
    strbuf_addf(out,
                "//\n"
                "// cuhostlint wrote this program: it replays the finding's path and nothing else."
                "\n"
                "//     nvcc -o reproducer %s%s%s && ./reproducer\n"
                "// Exit status: 0 the GPU does what the rule predicts, 10 it does not, 20 cannot "
                "say.\n",
                program->name, program->has_kernel ? ".cu" : ".cpp",
                program->uses_driver ? " -lcuda" : "");
}

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static const char *program_name(struct arena *arena, const struct finding *finding)
{
    enum { LONGEST = 100 }; /* of a file's name: that of the program is longer */
    char *name = arena_printf(arena, "%s.%.*s-%u", finding->rule, LONGEST,
                              file_name(finding->at.file), finding->at.line);

    for (char *c = name; *c; c++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-", *c))
            *c = '_';
    return name;
}

static const char *assemble(struct writer *w, const struct program *program)
{
    struct strbuf out;

    strbuf_init(&out, w->arena);
    add_heading(w, &out, program);
    for (size_t i = 0; i < sizeof includes / sizeof *includes; i++)
        if (!includes[i].parts || (w->parts & includes[i].parts))
            strbuf_adds(&out, includes[i].line);
    strbuf_addc(&out, '\n');
    for (size_t i = 0; i < sizeof helpers / sizeof *helpers; i++)
        if (w->parts & helpers[i].parts)
            strbuf_addf(&out, "%s\n", helpers[i].text);
    strbuf_adds(&out, w->globals.text);
    strbuf_addf(&out, "int main()\n{\n%s}\n", w->body.text);
    return out.text;
}

/* Memory from elsewhere is of the kind that the path gives it back as. */
static void guess_memory(struct replay *replay)
{
    for (size_t i = 0; i < replay->steps.len && replay->memory == PROVENANCE_UNKNOWN; i++)
        switch (replay->steps.data[i].expects) {
        case PROVENANCE_NEW:
        case PROVENANCE_NEW_ARRAY:
        case PROVENANCE_MAPPING:
        case PROVENANCE_SHM:
            replay->memory = replay->steps.data[i].expects;
            break;
        default:
            break;
        }
}

/* A place that the source leaves open has to lie in the block, except where the finding is that it
 * does not. */
static const struct replay *fitted(struct arena *arena, const struct finding *finding)
{
    struct replay *replay = arena_copy(arena, finding->replay, sizeof *replay);

    guess_memory(replay);
    if (strcmp(finding->rule, "size-mismatch") == 0)
        return replay;
    replay->steps.data =
        arena_copy(arena, replay->steps.data, replay->steps.len * sizeof *replay->steps.data);
    for (size_t i = 0; i < replay->steps.len; i++) {
        struct replay_step *step = &replay->steps.data[i];
        int64_t room = replay->size - (step->has_size ? step->size : 0);
        if (step->is_place_chosen && step->offset > room)
            step->offset = room > 0 ? room : 0;
    }
    return replay;
}

/* Skips comments and empty lines. */
static uint64_t hash_of_code(struct arena *arena, const char *text)
{
    struct strbuf code;

    strbuf_init(&code, arena);
    while (*text) {
        size_t len = strcspn(text, "\n"), indent = strspn(text, " ");
        if (indent < len && strncmp(text + indent, "//", 2) != 0)
            strbuf_add(&code, text, len + (text[len] == '\n'));
        text += len + (text[len] == '\n');
    }
    return hash_bytes(code.text, code.len);
}

bool program_write(struct arena *arena, const struct findings *findings,
                   const struct finding *finding, struct program *program)
{
    proof_function *prove = proof_of(finding->rule);
    struct writer w = {.arena = arena,
                       .finding = finding,
                       .texts = findings->texts,
                       .root = findings->root,
                       .parts = PART_NEED | PART_MUST | PART_RUNTIME,
                       .block = "block",
                       .former = "former"};

    if (!prove || !finding->replay)
        return false;
    w.replay = fitted(arena, finding);
    strbuf_init(&w.globals, arena);
    strbuf_init(&w.body, arena);
    writer_comment(&w, "a GPU and its context");
    writer_line(&w, "MUST(cudaFree(nullptr));");
    prove(&w);
    program->name = program_name(arena, finding);
    program->has_kernel = w.parts & PART_KERNEL;
    program->uses_driver = w.parts & PART_DRIVER;
    program->is_timed = w.parts & PART_CLOCK;
    program->text = assemble(&w, program);
    program->code = hash_of_code(arena, program->text);
    return true;
}
