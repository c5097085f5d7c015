#include "check.h"
#include "core/flow.h"

/* Every combination of choices, by the bits of number. */
#define FLOW_ALL (4 * 32)

static wz_choices choices_of(int number)
{
    return (wz_choices){ .task = (wz_task)(number & 3), .supported = (number & 4) != 0, .blocked = (number & 8) != 0,
                         .has_work = (number & 16) != 0, .read_only = (number & 32) != 0,
                         .installed = (number & 64) != 0 };
}

static bool is_looking(const wz_choices *choices)
{
    return choices->read_only || choices->task == WZ_TASK_CHECK || choices->task == WZ_TASK_OPEN;
}

/* The pages from the first on, as "1 2 10". */
static void walk(const wz_choices *choices, char *out, size_t room)
{
    wz_page_id page = WZ_PAGE_START;
    size_t     length = 0;

    for (int turns = 0; page != WZ_PAGE_NONE && turns < 20; turns++) {
        length += (size_t)snprintf(out + length, room - length, length == 0 ? "%d" : " %d", (int)page);
        page = wz_flow_next(page, choices);
    }
}

static void each_task_has_its_pages(void **state)
{
    static const struct { wz_choices choices; const char *pages; } rows[] = {
        { { WZ_TASK_CHECK,    true,  false, true,  false, false }, "1 2 3 4 5 6 10"        },
        { { WZ_TASK_CHECK,    true,  true,  true,  false, false }, "1 2 3 4 5 6 10"        },
        { { WZ_TASK_CHECK,    true,  false, false, false, false }, "1 2 3 4 5 10"          },
        { { WZ_TASK_CHECK,    false, false, false, false, false }, "1 2 10"                },
        { { WZ_TASK_UPDATE,   true,  false, true,  false, true  }, "1 2 3 4 5 6 7 8 9 10"  },
        { { WZ_TASK_UPDATE,   true,  false, true,  false, false }, "1 2 3 4 5 6 7 8"       },
        { { WZ_TASK_UPDATE,   true,  false, false, false, false }, "1 2 3 4 5 10"          },
        { { WZ_TASK_UPDATE,   true,  true,  true,  false, false }, "1 2 3"                 },
        { { WZ_TASK_UPDATE,   false, true,  true,  false, false }, "1 2 10"                },
        { { WZ_TASK_CONTINUE, true,  true,  true,  false, true  }, "1 8 9 10"              },
        { { WZ_TASK_CONTINUE, true,  false, true,  false, false }, "1 8"                   },
        { { WZ_TASK_OPEN,     true,  true,  true,  true,  false }, "1 2 3 4 5 6 10"        },
        { { WZ_TASK_UPDATE,   true,  true,  true,  true,  false }, "1 2 3 4 5 6 10"        },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        char pages[100] = "";

        walk(&rows[i].choices, pages, sizeof pages);
        CHECK_TEXT(pages, rows[i].pages);
    }
}

static void no_page_is_a_dead_end(void **state)
{
    (void)state;
    for (int number = 0; number < FLOW_ALL; number++) {
        wz_choices choices = choices_of(number);
        wz_page_id page = WZ_PAGE_START;
        int        turns = 0;

        for (wz_page_id next; (next = wz_flow_next(page, &choices)) != WZ_PAGE_NONE; page = next) {
            CHECK_ROW(number, next > page);            /* only ever forward, so it ends */
            CHECK_ROW(number, ++turns < WZ_PAGE_COUNT);
        }
        if (page == WZ_PAGE_PREREQUISITES)             /* the check must be mended; Back leads to the other tasks */
            CHECK_ROW(number, choices.blocked && choices.task == WZ_TASK_UPDATE
                              && wz_flow_back(page, &choices) != WZ_PAGE_NONE);
        else if (page == WZ_PAGE_INSTALL)              /* the work is still going on */
            CHECK_ROW(number, !choices.installed);
        else
            CHECK_ROW(number, page == WZ_PAGE_REPORT);
    }
}

static void back_undoes_next_except_over_a_commit(void **state)
{
    (void)state;
    for (int number = 0; number < FLOW_ALL; number++) {
        wz_choices choices = choices_of(number);
        wz_page_id page = WZ_PAGE_START;
        bool       is_after = false;

        if (choices.installed && is_looking(&choices))
            continue;                                  /* one who looks installs nothing */
        for (wz_page_id next; (next = wz_flow_next(page, &choices)) != WZ_PAGE_NONE; page = next) {
            wz_page_id back = wz_flow_back(next, &choices);

            is_after = is_after || next == WZ_PAGE_INSTALL;
            if (next == WZ_PAGE_INSTALL || next == WZ_PAGE_AFTER)
                CHECK_ROW(number, back == WZ_PAGE_NONE);
            else if (next == WZ_PAGE_REPORT && choices.installed)
                CHECK_ROW(number, back == (is_after ? WZ_PAGE_AFTER : back));
            else
                CHECK_ROW(number, back == page);
            if (is_after)
                CHECK_ROW(number, back == WZ_PAGE_NONE || back > WZ_PAGE_INSTALL);
        }
    }
}

static void only_updating_reaches_the_installer(void **state)
{
    (void)state;
    for (int number = 0; number < FLOW_ALL; number++) {
        wz_choices choices = choices_of(number);

        for (wz_page_id page = WZ_PAGE_START; page != WZ_PAGE_NONE; page = wz_flow_next(page, &choices))
            CHECK_ROW(number, !is_looking(&choices) || (page != WZ_PAGE_REVIEW && page != WZ_PAGE_INSTALL));
    }
}

int test_flow(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_task_has_its_pages),
        cmocka_unit_test(no_page_is_a_dead_end),
        cmocka_unit_test(back_undoes_next_except_over_a_commit),
        cmocka_unit_test(only_updating_reaches_the_installer),
    };

    return cmocka_run_group_tests_name("flow", tests, NULL, NULL);
}
