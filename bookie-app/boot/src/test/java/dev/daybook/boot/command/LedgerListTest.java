package dev.daybook.boot.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** A million ledgers are listed as they come. */
class LedgerListTest {
    private static final long MILLION = 1_000_000;

    /** The one that is printed, the one that comes, and what the collector has not looked at. */
    private static final long PAGES_HELD_MAX = 8;

    /** Counts lines and keeps none. */
    private static final class Lines extends OutputStream {
        private long lines;

        @Override
        public void write(int b) {
            lines += b == '\n' ? 1 : 0;
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            for (int i = from; i < from + length; i++) {
                write(bytes[i]);
            }
        }
    }

    private static long list(ManyLedgers cluster, String... options) {
        LedgerListCommand command = new LedgerListCommand();
        new CommandLine(command).parseArgs(options);
        PrintStream out = System.out;
        Lines lines = new Lines();
        System.setOut(new PrintStream(lines, false, StandardCharsets.UTF_8));
        try {
            command.list(cluster);
            System.out.flush();
        } finally {
            System.setOut(out);
        }
        return lines.lines;
    }

    @Test
    void forPrograms() {
        ManyLedgers cluster = new ManyLedgers(MILLION);
        assertThat(list(cluster, "--json", "--metadata-uri", "zk+longhierarchical://nobody:1/ledgers"))
                .isEqualTo(MILLION);
        assertThat(cluster.largestPage()).isLessThanOrEqualTo(200);
        assertThat(cluster.pagesHeldAtMost()).isLessThan(PAGES_HELD_MAX);
    }

    @Test
    void forPeople() {
        ManyLedgers cluster = new ManyLedgers(MILLION);
        assertThat(list(cluster, "--metadata-uri", "zk+longhierarchical://nobody:1/ledgers"))
                .isEqualTo(MILLION + 1);
        assertThat(cluster.pagesHeldAtMost()).isLessThan(PAGES_HELD_MAX);
    }

    @Test
    void counted() {
        ManyLedgers cluster = new ManyLedgers(MILLION);
        assertThat(list(cluster, "--count", "--json", "--metadata-uri", "zk+longhierarchical://nobody:1/ledgers"))
                .isEqualTo(1);
        assertThat(cluster.pagesHeldAtMost()).isLessThan(PAGES_HELD_MAX);
    }
}
