/* Examines the update files of a folder, several at a time: one file alone keeps neither the disk nor the processors
   busy. Only the caller's thread speaks to the person; the others leave how far they are where it can read it. */
#include <process.h>
#include <stdlib.h>

#include "core/progress.h"
#include "platform/context.h"
#include "resource.h"

#define THREADS_MOST 4u
#define LOOK_MS      50u

/* A file and its share of the work; its size may be corrected while it is examined. */
typedef struct crew_turn { size_t index; uint64_t weight; } crew_turn;

typedef struct crew {
    wz_files          *files;
    const wz_progress *progress;       /* for the caller's thread only */
    crew_turn         *turns;          /* the largest file first: begun last, it would keep one processor busy alone */
    volatile LONG     *permille;       /* of each turn */
    volatile LONG      next;           /* the first turn that nobody has taken */
    volatile LONG      is_cancelled;
    uint64_t           total;          /* of the weights */
    unsigned           told;           /* never goes back */
    bool               alone;          /* no thread could be started: the caller's does it all */
} crew;

typedef struct crew_task { crew *crew; size_t turn; } crew_task;

static int by_weight(const void *a, const void *b)
{
    const crew_turn *first = a;
    const crew_turn *second = b;

    if (first->weight != second->weight)
        return first->weight > second->weight ? -1 : 1;
    return first->index < second->index ? -1 : first->index > second->index;
}

static void turns_make(crew *self)
{
    self->turns = wz_new_array(self->files->count, crew_turn);
    for (size_t i = 0; i < self->files->count; i++) {
        self->turns[i] = (crew_turn){ i, self->files->items[i].bytes / 1024 + 1 };     /* also an empty file counts */
        self->total += self->turns[i].weight;
    }
    qsort(self->turns, self->files->count, sizeof *self->turns, by_weight);
}

/* The bar stands for all files; the words name the first that is being examined. */
static void tell(crew *self)
{
    const char *name = NULL;
    uint64_t    done = 0;
    unsigned    permille;

    for (size_t i = 0; i < self->files->count; i++) {
        LONG at = self->permille[i];

        done += self->turns[i].weight * (uint64_t)at;
        if (at < 1000 && name == NULL)
            name = self->files->items[self->turns[i].index].name;
    }
    permille = (unsigned)(done / self->total);
    self->told = permille > self->told ? permille : self->told;
    if (name != NULL)
        wz_progress_report(self->progress, IDS_DOING_EXAMINE, name, self->told);
}

static void hear(crew *self)
{
    if (wz_progress_cancelled(self->progress))
        InterlockedExchange(&self->is_cancelled, 1);
}

static void task_report(void *context, const wz_phrase *doing, unsigned permille)
{
    const crew_task *task = context;

    (void)doing;
    InterlockedExchange(&task->crew->permille[task->turn], (LONG)(permille < 1000 ? permille : 999));
    if (task->crew->alone)
        tell(task->crew);
}

static bool task_is_cancelled(void *context)
{
    const crew_task *task = context;

    if (task->crew->alone)
        hear(task->crew);
    return task->crew->is_cancelled != 0;
}

static unsigned __stdcall crew_main(void *argument)
{
    crew *self = argument;

    while (self->is_cancelled == 0) {
        size_t      turn = (size_t)InterlockedIncrement(&self->next) - 1;
        crew_task   task = { self, turn };
        wz_progress progress = { task_report, task_is_cancelled, &task };

        if (turn >= self->files->count)
            break;
        if (wz_media_examine(&self->files->items[self->turns[turn].index], &progress) == WZ_OK)
            InterlockedExchange(&self->permille[turn], 1000);
    }
    return 0;
}

static size_t threads_for(size_t files)
{
    SYSTEM_INFO system;
    size_t      most;

    GetSystemInfo(&system);
    most = system.dwNumberOfProcessors < THREADS_MOST ? system.dwNumberOfProcessors : THREADS_MOST;
    return files < most ? files : most;
}

static void crew_run(crew *self)
{
    HANDLE threads[THREADS_MOST];
    size_t wanted = threads_for(self->files->count);
    DWORD  count = 0;

    for (size_t i = 0; i < wanted; i++) {
        threads[count] = (HANDLE)_beginthreadex(NULL, 0, crew_main, self, 0, NULL);
        count += threads[count] != NULL;
    }
    if (count == 0) {
        self->alone = true;
        crew_main(self);
    }
    while (count > 0 && WaitForMultipleObjects(count, threads, TRUE, LOOK_MS) == WAIT_TIMEOUT) {
        tell(self);
        hear(self);
    }
    for (DWORD i = 0; i < count; i++) {
        WaitForSingleObject(threads[i], INFINITE);
        CloseHandle(threads[i]);
    }
}

wz_status wz_media_examine_all(wz_files *files, const wz_progress *progress)
{
    crew self = { .files = files, .progress = progress };

    if (files->count == 0)
        return WZ_OK;
    self.permille = wz_new_array(files->count, LONG);
    turns_make(&self);
    hear(&self);
    if (self.is_cancelled == 0)
        tell(&self);
    if (self.is_cancelled == 0)
        crew_run(&self);
    free((void *)self.permille);
    free(self.turns);
    return self.is_cancelled != 0 ? WZ_E_CANCELLED : WZ_OK;
}
