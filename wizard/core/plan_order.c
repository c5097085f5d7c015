#include "core/plan_order.h"

#include <stdlib.h>

/* ---- the goal ---- */

static bool order_takes_place(const wz_catalogue *catalogue, wz_target target, const wz_update *wanted,
                              const wz_update *other)
{
    if (other->kind != WZ_KIND_ROLLUP || other->known_bad || other->kb == wanted->kb)
        return false;
    if (target == WZ_TARGET_6003)
        return other->programme == WZ_PROGRAMME_FREE && wz_catalogue_replaces(catalogue, other->kb, wanted->kb);
    return wz_catalogue_replaces(catalogue, wanted->kb, other->kb);
}

const wz_update *wz_order_goal(const wz_catalogue *catalogue, wz_target target)
{
    const wz_update *wanted = wz_catalogue_target(catalogue, target);
    const wz_update *best = NULL;

    if (!wanted->known_bad)
        return wanted;
    for (size_t i = 0; i < wz_catalogue_count(catalogue); i++) {
        const wz_update *other = wz_catalogue_at(catalogue, i);
        bool             is_nearer;

        if (!order_takes_place(catalogue, target, wanted, other))
            continue;
        is_nearer = best == NULL || (target == WZ_TARGET_6003 ? other->date < best->date : other->date > best->date);
        if (is_nearer)
            best = other;
    }
    return best;
}

bool wz_order_is_reached(const wz_standing *standing, wz_target target, const wz_update *goal, wz_version version)
{
    if (target == WZ_TARGET_6003 && version.major == 6 && version.minor == 0 && version.build >= 6003)
        return true;
    return goal != NULL && standing->in_force[wz_update_index(standing->catalogue, goal->kb)];
}

/* ---- the requirements ---- */

void wz_order_requirements(const wz_catalogue *catalogue, const wz_update *update, bool marks[])
{
    size_t  count = wz_catalogue_count(catalogue);
    size_t *todo = wz_new_array(count, size_t);
    size_t  length = 0;

    for (size_t i = 0; i < count; i++)
        marks[i] = false;
    todo[length] = wz_update_index(catalogue, update->kb);
    if (todo[length] < count)
        marks[todo[length++]] = true;
    while (length > 0) {
        const wz_update *next = wz_catalogue_at(catalogue, todo[--length]);

        for (size_t k = 0; k < next->requires_count; k++) {
            size_t required = wz_update_index(catalogue, next->requires_kbs[k]);

            if (required < count && !marks[required]) {
                marks[required] = true;
                todo[length++] = required;
            }
        }
    }
    free(todo);
}

/* ---- choosing ---- */

typedef struct order_work {
    const wz_standing *standing;
    const wz_update   *goal;
    wz_architecture    architecture;
    size_t            *place;        /* by index: the index that stands for it; its own unless it is marked as bad */
    bool              *chosen;       /* by index */
    size_t            *list;         /* chosen indices in the order they were found */
    size_t             length;
    wz_order          *order;
} order_work;

static const wz_update *order_at(const order_work *work, size_t index)
{
    return wz_catalogue_at(work->standing->catalogue, index);
}

static bool order_is_offered(const order_work *work, const wz_update *update)
{
    return (update->architectures & (unsigned)work->architecture) != 0;
}

/* The update that takes the place of a bad requirement; count when there is none. */
static size_t order_replacement(const order_work *work, size_t bad)
{
    const wz_catalogue *catalogue = work->standing->catalogue;
    size_t              count = work->standing->count;
    size_t              best = count;
    bool               *marks = wz_new_array(count, bool);

    for (size_t i = 0; i < count; i++) {
        const wz_update *other = order_at(work, i);

        if (i == bad || other->known_bad || other->programme > work->goal->programme || !order_is_offered(work, other)
            || !wz_catalogue_replaces(catalogue, other->kb, order_at(work, bad)->kb)
            || (best < count && other->date >= order_at(work, best)->date))
            continue;
        wz_order_requirements(catalogue, other, marks);
        if (!marks[bad] && !marks[wz_update_index(catalogue, work->goal->kb)])
            best = i;
    }
    free(marks);
    return best;
}

/* Put one update on the list unless it is there or in force; notes what makes the goal impossible. */
static void order_choose(order_work *work, size_t index)
{
    const wz_standing *standing = work->standing;

    if (standing->in_force[index])
        return;
    if (standing->pending[index] != NULL)
        work->place[index] = wz_update_index(standing->catalogue, standing->pending[index]->kb);
    else if (order_at(work, index)->known_bad)
        work->place[index] = order_replacement(work, index);
    if (work->place[index] == standing->count) {
        if (work->order->bad == NULL)
            work->order->bad = order_at(work, index);
        work->place[index] = index;
        return;
    }
    index = work->place[index];
    if (work->chosen[index])
        return;
    if (standing->pending[index] == NULL && !order_is_offered(work, order_at(work, index))
        && work->order->not_offered == NULL)
        work->order->not_offered = order_at(work, index);
    work->chosen[index] = true;
    work->list[work->length++] = index;
}

static void order_collect(order_work *work)
{
    order_choose(work, wz_update_index(work->standing->catalogue, work->goal->kb));
    for (size_t done = 0; done < work->length; done++) {
        const wz_update *update = order_at(work, work->list[done]);

        if (work->standing->pending[work->list[done]] != NULL)
            continue;                                  /* it is installed: its requirements were met */
        for (size_t k = 0; k < update->requires_count; k++)
            order_choose(work, wz_update_index(work->standing->catalogue, update->requires_kbs[k]));
    }
}

/* ---- sorting ---- */

static int order_rank(const order_work *work, size_t index)
{
    if (work->standing->pending[index] != NULL)
        return -1;
    switch (order_at(work, index)->kind) {
    case WZ_KIND_SERVICE_PACK:  return 0;
    case WZ_KIND_STACK:         return 1;
    case WZ_KIND_SHA2:          return 2;
    case WZ_KIND_LICENSING:     return 3;
    case WZ_KIND_ROLLUP:        return 4;
    case WZ_KIND_SECURITY_ONLY:
    case WZ_KIND_PREVIEW:
    case WZ_KIND_OTHER:         break;
    }
    return 5;
}

/* Index order is KB order. */
static bool order_comes_first(const order_work *work, size_t a, size_t b)
{
    int rank_a = order_rank(work, a);
    int rank_b = order_rank(work, b);

    return rank_a != rank_b ? rank_a < rank_b : a < b;
}

/* A heap of indices that may come next; the first of them at [0]. */
static void order_push(const order_work *work, size_t heap[], size_t *length, size_t index)
{
    size_t at = (*length)++;

    while (at > 0 && order_comes_first(work, index, heap[(at - 1) / 2])) {
        heap[at] = heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap[at] = index;
}

static size_t order_pop(const order_work *work, size_t heap[], size_t *length)
{
    size_t first = heap[0];
    size_t last = heap[--*length];
    size_t at = 0;

    for (size_t child = 1; child < *length; child = 2 * at + 1) {
        if (child + 1 < *length && order_comes_first(work, heap[child + 1], heap[child]))
            child++;
        if (!order_comes_first(work, heap[child], last))
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = last;
    return first;
}

/* The chosen update that requirement k of index stands for; count when nothing waits for it. */
static size_t order_edge(const order_work *work, size_t index, size_t k)
{
    size_t required = wz_update_index(work->standing->catalogue, order_at(work, index)->requires_kbs[k]);

    if (work->standing->pending[index] != NULL || work->standing->in_force[required])
        return work->standing->count;
    required = work->place[required];
    return work->chosen[required] && required != index ? required : work->standing->count;
}

/* Who waits for whom, grouped by the required one: users[first[r]] to users[first[r + 1] - 1] wait for r. */
typedef struct order_edges { size_t *first, *users, *missing; } order_edges;

static order_edges order_connect(const order_work *work)
{
    size_t      count = work->standing->count;
    size_t      total = 0;
    order_edges edges = { wz_new_array(count + 2, size_t), NULL, wz_new_array(count, size_t) };

    for (size_t i = 0; i < work->length; i++)
        for (size_t k = 0; k < order_at(work, work->list[i])->requires_count; k++) {
            size_t required = order_edge(work, work->list[i], k);

            if (required < count) {
                edges.first[required + 2]++;
                edges.missing[work->list[i]]++;
                total++;
            }
        }
    for (size_t i = 2; i < count + 2; i++)
        edges.first[i] += edges.first[i - 1];
    edges.users = wz_new_array(total, size_t);
    for (size_t i = 0; i < work->length; i++)
        for (size_t k = 0; k < order_at(work, work->list[i])->requires_count; k++) {
            size_t required = order_edge(work, work->list[i], k);

            if (required < count)
                edges.users[edges.first[required + 1]++] = work->list[i];
        }
    return edges;
}

/* Kahn's algorithm. wz_catalogue_read refuses cycles; one made by a replacement would leave updates out: see fill. */
static void order_sort(order_work *work)
{
    order_edges edges = order_connect(work);
    size_t     *heap = wz_new_array(work->length, size_t);
    size_t      length = 0;

    work->order->items = wz_new_array(work->length, wz_ordered);
    for (size_t i = 0; i < work->length; i++)
        if (edges.missing[work->list[i]] == 0)
            order_push(work, heap, &length, work->list[i]);
    while (length > 0) {
        size_t      index = order_pop(work, heap, &length);
        wz_ordered *item = &work->order->items[work->order->count++];

        item->update = order_at(work, index);
        item->is_pending = work->standing->pending[index] != NULL;
        for (size_t u = edges.first[index]; u < edges.first[index + 1]; u++)
            if (--edges.missing[edges.users[u]] == 0)
                order_push(work, heap, &length, edges.users[u]);
    }
    free(heap);
    free(edges.first);
    free(edges.users);
    free(edges.missing);
}

/* ---- who needs it, and in whose place ---- */

static void order_explain(const order_work *work)
{
    size_t      count = work->standing->count;
    wz_ordered **by_index = wz_new_array(count, wz_ordered *);

    for (size_t i = 0; i < work->order->count; i++)
        by_index[wz_update_index(work->standing->catalogue, work->order->items[i].update->kb)] =
            &work->order->items[i];
    for (size_t i = 0; i < count; i++)
        if (work->place[i] != i && by_index[work->place[i]] != NULL && order_at(work, i)->known_bad)
            by_index[work->place[i]]->instead_of = order_at(work, i);
    for (size_t i = 0; i < work->order->count; i++) {
        const wz_update *user = work->order->items[i].update;
        size_t           index = wz_update_index(work->standing->catalogue, user->kb);

        for (size_t k = 0; k < user->requires_count; k++) {
            size_t required = order_edge(work, index, k);

            if (required < count && by_index[required] != NULL && by_index[required]->needed_by == NULL)
                by_index[required]->needed_by = user;
        }
    }
    free(by_index);
}

void wz_order_fill(wz_order *order, const wz_standing *standing, const wz_update *goal, wz_architecture architecture)
{
    order_work work = { .standing = standing, .goal = goal, .architecture = architecture, .order = order };

    *order = (wz_order){ 0 };
    work.place = wz_new_array(standing->count, size_t);
    work.chosen = wz_new_array(standing->count, bool);
    work.list = wz_new_array(standing->count, size_t);
    for (size_t i = 0; i < standing->count; i++)
        work.place[i] = i;
    order_collect(&work);
    if (order->bad == NULL && order->not_offered == NULL) {
        order_sort(&work);
        order_explain(&work);
        if (order->count < work.length) {              /* replacements of bad ones that wait for each other */
            for (size_t i = 0; i < standing->count && order->bad == NULL; i++)
                if (work.place[i] != i && order_at(&work, i)->known_bad)
                    order->bad = order_at(&work, i);
        }
    }
    if (order->bad != NULL || order->not_offered != NULL) {
        free(order->items);
        order->items = NULL;
        order->count = 0;
    }
    free(work.place);
    free(work.chosen);
    free(work.list);
}

void wz_order_clear(wz_order *order)
{
    free(order->items);
    *order = (wz_order){ 0 };
}
