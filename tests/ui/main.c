/*
 * Runs the tests of the windows, as a Windows program beside the wizard: tests/ui/run prepares the machine and the
 * screen and says in the environment where everything is; see drive.h.
 */
#define GROUPS_FILE "ui/groups.h"
#include "runner.h"
