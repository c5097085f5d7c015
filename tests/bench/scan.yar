/* The constants of the compatibility scan as byte patterns, for the comparison of speed in scan.py. */
rule build
{
    strings:
        $equal_6002 = { 72 17 00 00 }
        $equal_6003 = { 73 17 00 00 }
        $minus_6002 = { 8E E8 FF FF }
        $minus_6001 = { 8F E8 FF FF }
        $minus_6000 = { 90 E8 FF FF }
        $high_word = { 00 00 72 17 }
        $whole = { 06 00 72 17 }
        $short_ax = { 66 3D 72 17 }
        $short = { 66 81 ?? 72 17 }
        $text = "6.0.6002" ascii wide
    condition:
        any of them
}
