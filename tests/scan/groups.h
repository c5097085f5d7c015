/* The groups of tests/scan: one line GROUP(name) per test_name.c, sorted. Included by core/groups.h, more than once. */
GROUP(scan_code)
GROUP(scan_decode)
GROUP(scan_file)
GROUP(scan_finding)
GROUP(scan_hunt)
GROUP(scan_pe)
GROUP(scan_script)
GROUP(scan_trap)
