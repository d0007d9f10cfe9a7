package dev.daybook.console.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.admin.BookieUsage;
import dev.daybook.client.admin.BookieUsageJson;
import dev.daybook.console.Samples;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UsageParserTest {
    @Test
    void readsWhatBookiesWrite() {
        BookieUsage usage = Samples.usage("b1:3181", 0.97);

        assertThat(parse(BookieUsageJson.write(usage))).contains(usage);
    }

    @Test
    void missingNumbersAreUnknownAndUnknownMembersIgnored() {
        BookieUsage usage = parse("""
                {"bookie":"b1","state":"WRITABLE","colour":"green","ledgers":"many","journals":[{},7],
                 "directories":[{"kind":"ATTIC"},{"kind":"LEDGER","path":"/d"}]}""").orElseThrow();

        assertThat(usage.ledgers()).isEqualTo(BookieUsage.UNKNOWN);
        assertThat(usage.entryLogs().bytes()).isEqualTo(BookieUsage.UNKNOWN);
        assertThat(usage.journals()).hasSize(1);
        assertThat(usage.journals().get(0).replayBytes()).isEqualTo(BookieUsage.UNKNOWN);
        assertThat(usage.directories()).hasSize(1);
        assertThat(usage.directories().get(0).totalBytes()).isEqualTo(BookieUsage.UNKNOWN);
    }

    @Test
    void whatIsNotAUsageIsRefused() {
        for (String text :
                new String[] {"", "[]", "{", "null", "{\"bookie\":\"b1\"}", "{\"bookie\":\"\",\"state\":\"WRITABLE\"}"
                }) {
            assertThat(parse(text)).as(text).isEmpty();
        }
    }

    private static Optional<BookieUsage> parse(String text) {
        return UsageParser.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
