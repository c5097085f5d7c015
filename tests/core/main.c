/* Runs the tests of wizard/core and wizard/scan: natively with sanitizers, and as a Windows program. */
#define GROUPS_FILE "core/groups.h"
#include "runner.h"
