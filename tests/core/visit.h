/*
 * visit: one start of the program on a machine in memory: session, run, and what it said.
 *
 * Every begin and resume checks that nothing is left claimed, held or awake, and that the bar never goes back.
 */
#ifndef WZ_TESTS_CORE_VISIT_H
#define WZ_TESTS_CORE_VISIT_H

#include "check.h"

#include "core/run.h"
#include "fake_platform.h"

typedef struct visit {
    fake_machine *machine;
    wz_session   *session;
    wz_phrase     why;
    unsigned      log_lines;
    unsigned      permille;      /* of the bar, last reported */
    bool          went_back;
} visit;

fake_machine *visit_road(void);                            /* with the three updates of fake_add_road */
/* The built-in catalogue is only those three: for tests that start the program thousands of times. Before the start. */
void          visit_small_catalogue(fake_machine *machine);
visit         visit_arrive(fake_machine *machine);         /* catalogue and journal are read */
void          visit_leave(visit *v);
wz_run_result visit_begin(visit *v, bool unattended, bool restart);      /* probes, takes FAKE_MEDIA, begins */
wz_run_result visit_resume(visit *v);

/* Arrive, do it, leave. */
wz_run_result visit_begin_once(fake_machine *machine);
wz_run_result visit_resume_once(fake_machine *machine);

/* What the journal on the disk says. */
wz_journal      *visit_journal_of(fake_machine *machine);
wz_outcome       visit_outcome_of(fake_machine *machine, unsigned kb);
wz_journal_state visit_state_of(fake_machine *machine);

#endif
