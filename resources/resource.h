/*
 * resource: every number a resource is found by: data, dialogs and controls here, strings in texts.h. Only #defines:
 * read by C, by windres and rc.exe, and by the tests.
 *
 * Page n owns dialog 1000 + 100 n and its controls after it. A number is never used again for another meaning.
 */
#ifndef WZ_RESOURCE_H
#define WZ_RESOURCE_H

#include "texts.h"

/* Data */
#define IDI_WIZARD               1
#define IDR_CATALOGUE            201
#define IDR_CATALOGUE_SCHEMA     202
#define IDR_SNAPSHOT_SCHEMA      203
#define IDR_REPORT_SCHEMA        204
#define IDR_JOURNAL_SCHEMA       205
#define IDR_NOTICE               206
#define IDR_SUPPRESSIONS_SCHEMA  207

/* 1000 Dialogs of no page; the frame, with the foot that all pages share (IDC_PAGE_*) */
#define IDC_PAGE_NUMBER                  1001
#define IDC_PAGE_BUSY                    1002
#define IDC_PAGE_BAR                     1003
#define IDC_PAGE_CATALOGUE               1004
#define IDD_ABOUT                        1010
#define IDC_ABOUT_ICON                   1011
#define IDC_ABOUT_LEAD                   1012
#define IDC_ABOUT_NOTICE_LABEL           1013
#define IDC_ABOUT_NOTICE                 1014
#define IDC_PAGE_CODE_LABEL              1015
#define IDC_PAGE_CODE                    1016
#define IDC_PAGE_CODE_COPY               1017
#define IDC_PAGE_CODE_LARGE              1018
#define IDC_PAGE_COPY                    1019
#define IDD_CODE                         1020
#define IDC_CODE_LEAD                    1021
#define IDC_CODE_LARGE                   1022
#define IDC_CODE_SPELLED_LABEL           1023
#define IDC_CODE_SPELLED                 1024
#define IDC_CODE_SAYS_LABEL              1025
#define IDC_CODE_SAYS                    1026
#define IDD_GUIDE                        1030
#define IDC_GUIDE_LABEL                  1031
#define IDC_GUIDE_TEXT                   1032
#define IDD_ACCEPT                       1040
#define IDC_ACCEPT_LEAD                  1041
#define IDC_ACCEPT_NOTE_LABEL            1042
#define IDC_ACCEPT_NOTE                  1043
#define IDD_PAGE_HELP                    1050
#define IDC_PAGE_HELP_LABEL              1051
#define IDC_PAGE_HELP_TEXT               1052
#define IDD_COMPARE                      1060
#define IDC_COMPARE_VERDICT              1061
#define IDC_COMPARE_LEAD                 1062
#define IDC_COMPARE_LIST_LABEL           1063
#define IDC_COMPARE_LIST                 1064
#define IDC_COMPARE_SAVED                1065
#define IDC_COMPARE_SAVE                 1066
#define IDD_PREVIEW                      1070
#define IDC_PREVIEW_PREVIOUS             1071
#define IDC_PREVIEW_NEXT                 1072
#define IDC_PREVIEW_WIDTH                1073
#define IDC_PREVIEW_PRINT                1074
#define IDC_PREVIEW_NUMBER               1075
#define IDC_PREVIEW_VIEW                 1076
#define IDD_ASK                          1080
#define IDC_ASK_ICON                     1081
#define IDC_ASK_TEXT                     1082
#define IDD_FRAME                        1085
#define IDC_FRAME_TITLE                  1086
#define IDC_FRAME_SUBTITLE               1087
#define IDC_FRAME_ICON                   1088
#define IDC_FRAME_HEADER_RULE            1089
#define IDC_FRAME_PAGE                   1090
#define IDC_FRAME_RULE                   1091
#define IDC_FRAME_BACK                   1092
#define IDC_FRAME_NEXT                   1093
#define IDC_FRAME_FINISH                 1094

/* 1100 Page 1, start */
#define IDD_START                        1100
#define IDC_START_LEAD                   1101
#define IDC_START_TASK_LABEL             1102
#define IDC_START_CHECK                  1103
#define IDC_START_UPDATE                 1104
#define IDC_START_CONTINUE               1105
#define IDC_START_OPEN                   1106
#define IDC_START_SNAPSHOT_LABEL         1107
#define IDC_START_SNAPSHOT               1108
#define IDC_START_SNAPSHOT_BROWSE        1109
#define IDC_START_NOTE                   1110
#define IDC_START_CATALOGUE_LABEL        1111
#define IDC_START_CATALOGUE              1112
#define IDC_START_CATALOGUE_BROWSE       1113
#define IDC_START_LANGUAGE_LABEL         1114
#define IDC_START_LANGUAGE               1115
#define IDC_START_ABOUT                  1116
#define IDC_START_COMPARE                1117

/* 1200 Page 2, version now */
#define IDD_VERSION                      1200
#define IDC_VERSION_ABOUT                1201
#define IDC_VERSION_FACTS_LABEL          1202
#define IDC_VERSION_FACTS                1203
#define IDC_VERSION_GAUGE_LABEL          1204
#define IDC_VERSION_GAUGE                1205
#define IDC_VERSION_SOURCES_LABEL        1206
#define IDC_VERSION_SOURCES              1207
#define IDC_VERSION_AGREEMENT            1208
#define IDC_VERSION_WINVER               1209
#define IDC_VERSION_ADVICE               1210

/* 1300 Page 3, prerequisites */
#define IDD_PREREQUISITES                1300
#define IDC_PREREQUISITES_SUMMARY        1301
#define IDC_PREREQUISITES_AGAIN          1302
#define IDC_PREREQUISITES_LIST_LABEL     1303
#define IDC_PREREQUISITES_LIST           1304
#define IDC_PREREQUISITES_DETAIL_LABEL   1305
#define IDC_PREREQUISITES_DETAIL         1306
#define IDC_PREREQUISITES_ACCEPT         1307

/* 1400 Page 4, licence and target */
#define IDD_TARGET                       1400
#define IDC_TARGET_SUMMARY               1401
#define IDC_TARGET_CHOICE_LABEL          1402
#define IDC_TARGET_6003                  1403
#define IDC_TARGET_FREE                  1404
#define IDC_TARGET_ESU3                  1405
#define IDC_TARGET_ESU4                  1406
#define IDC_TARGET_PA                    1407
#define IDC_TARGET_6003_WHY              1408
#define IDC_TARGET_FREE_WHY              1409
#define IDC_TARGET_ESU3_WHY              1410
#define IDC_TARGET_ESU4_WHY              1411
#define IDC_TARGET_PA_WHY                1412
#define IDC_TARGET_GUIDE                 1413

/* 1500 Page 5, compatibility */
#define IDD_COMPATIBILITY                1500
#define IDC_COMPATIBILITY_FOLDER_LABEL   1504
#define IDC_COMPATIBILITY_FOLDER         1505
#define IDC_COMPATIBILITY_BROWSE         1506
#define IDC_COMPATIBILITY_SCAN           1507
#define IDC_COMPATIBILITY_STOP           1508
#define IDC_COMPATIBILITY_SKIP           1509
#define IDC_COMPATIBILITY_RESULT         1510
#define IDC_COMPATIBILITY_SHOW_LABEL     1511
#define IDC_COMPATIBILITY_SHOW           1512
#define IDC_COMPATIBILITY_SAVE           1513
#define IDC_COMPATIBILITY_LIST_LABEL     1514
#define IDC_COMPATIBILITY_LIST           1515
#define IDC_COMPATIBILITY_DETAIL_LABEL   1516
#define IDC_COMPATIBILITY_DETAIL         1517

/* 1600 Page 6, update files */
#define IDD_FILES                        1600
#define IDC_FILES_FOLDER_LABEL           1601
#define IDC_FILES_FOLDER                 1602
#define IDC_FILES_BROWSE                 1603
#define IDC_FILES_CHECK                  1604
#define IDC_FILES_LIST_LABEL             1605
#define IDC_FILES_LIST                   1606
#define IDC_FILES_DETAIL_LABEL           1607
#define IDC_FILES_DETAIL                 1608
#define IDC_FILES_SHOPPING               1609
#define IDC_FILES_CHECKSUMS              1610
#define IDD_CHECKSUMS                    1620
#define IDC_CHECKSUMS_LEAD               1621
#define IDC_CHECKSUMS_PASTE_LABEL        1622
#define IDC_CHECKSUMS_PASTE              1623
#define IDC_CHECKSUMS_LIST_LABEL         1624
#define IDC_CHECKSUMS_LIST               1625
#define IDC_CHECKSUMS_SUMMARY            1626

/* 1700 Page 7, review */
#define IDD_REVIEW                       1700
#define IDC_REVIEW_SUMMARY               1701
#define IDC_REVIEW_LIST_LABEL            1702
#define IDC_REVIEW_LIST                  1703
#define IDC_REVIEW_NOTE                  1704
#define IDC_REVIEW_ELEVATE               1705
#define IDC_REVIEW_BACKUP                1706
#define IDC_REVIEW_DETAIL_LABEL          1707
#define IDC_REVIEW_DETAIL                1708
#define IDC_REVIEW_CARD                  1709
#define IDC_REVIEW_PRINT                 1710

/* 1800 Page 8, install */
#define IDD_INSTALL                      1800
#define IDC_INSTALL_ELAPSED              1801
#define IDC_INSTALL_STEP                 1802
#define IDC_INSTALL_BAR                  1803
#define IDC_INSTALL_LOG_LABEL            1804
#define IDC_INSTALL_LOG                  1805
#define IDC_INSTALL_RESTART_NOW          1806
#define IDC_INSTALL_RESTART_LATER        1807
#define IDC_INSTALL_NOTE                 1808
#define IDC_INSTALL_CARD                 1809
#define IDC_INSTALL_LOG_OPEN             1810

/* 1900 Page 9, version after */
#define IDD_AFTER                        1900
#define IDC_AFTER_LEAD                   1901
#define IDC_AFTER_LIST_LABEL             1902
#define IDC_AFTER_LIST                   1903
#define IDC_AFTER_STEPS_LABEL            1904
#define IDC_AFTER_STEPS                  1905
#define IDC_AFTER_DETAIL_LABEL           1906
#define IDC_AFTER_DETAIL                 1907

/* 2000 Page 10, report */
#define IDD_REPORT                       2000
#define IDC_REPORT_VERDICT               2001
#define IDC_REPORT_TICKET_LABEL          2002
#define IDC_REPORT_TICKET                2003
#define IDC_REPORT_TECHNICIAN_LABEL      2004
#define IDC_REPORT_TECHNICIAN            2005
#define IDC_REPORT_CUSTOMER_LABEL        2006
#define IDC_REPORT_CUSTOMER              2007
#define IDC_REPORT_NOTES_LABEL           2008
#define IDC_REPORT_NOTES                 2009
#define IDC_REPORT_SAVE                  2010
#define IDC_REPORT_SAVED                 2011
#define IDC_REPORT_ADVICE                2012
#define IDC_REPORT_REDACT                2013
#define IDC_REPORT_PREVIEW               2014
#define IDC_REPORT_PRINT                 2015
#define IDC_REPORT_LOG_OPEN              2020

#endif
