package dev.daybook.bench.compare;

/** Names of rows in results. */
final class Rows {
    static final String PROBE = "disk-probe";
    static final String WRITE = "write";
    static final String WRITE_ONE = "write-one";
    static final String WRITE_LARGE = "write-16k";
    static final String WRITE_V3 = "write-v3";
    static final String WRITE_HUNDRED = "write-hundred";
    static final String WRITE_SMALL = "write-128b";
    static final String WRITE_PACED = "write-paced";
    static final String WRITE_THREE = "write-three";
    static final String READ_RANDOM = "read-random";
    static final String FILL = "fill";
    static final String CATCH_UP = "catch-up";
    static final String RESTART = "restart";
    static final String REBUILD = "rebuild";
    static final String LEDGERS_FEW = "ledgers-few";
    static final String LEDGERS_MANY = "ledgers-many";
    static final String CLIENT_V2 = "client-v2";
    static final String CLIENT_V3 = "client-v3";
    static final String HANDLES = "client-handles";

    static final String HEAL = "heal";
    static final String FOREGROUND_BEFORE = "heal-before";
    static final String FOREGROUND_DURING = "heal-during";

    private Rows() {}
}
