/* Runs the tests of wizard/platform, as a Windows program. */
#define GROUPS_FILE "platform/groups.h"
#include "runner.h"
