package dev.daybook.client.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.meta.Samples;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerMetadata.Credentials;
import dev.daybook.protocol.model.LedgerMetadata.End;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which failures of bookies leave a closed ledger with holes. */
class MissedCopiesTest {
    private static final BookieId A = Samples.bookie("a:1");
    private static final BookieId B = Samples.bookie("b:1");
    private static final BookieId C = Samples.bookie("c:1");
    private static final BookieId D = Samples.bookie("d:1");

    private final MissedCopies missed = new MissedCopies();

    /** Entries 0 to 9 are at a, b and c, and 10 to 19 at a, b and d. */
    private static LedgerMetadata closed() {
        return LedgerMetadata.open(
                        new Quorum(3, 3, 2),
                        new Fragment(0, List.of(A, B, C)),
                        new Credentials(DigestType.CRC32C, LedgerPassword.EMPTY),
                        Map.of(),
                        1)
                .withFragment(new Fragment(10, List.of(A, B, D)))
                .closedAt(new End(19, 190));
    }

    @Test
    void nobodyIsNamedIfNobodyFailed() {
        assertThat(missed.of(closed())).isEmpty();
    }

    @Test
    void whatTheSuccessorHasIsNotMissing() {
        missed.add(C, 10);
        missed.add(C, 14);
        assertThat(missed.of(closed())).isEmpty();
    }

    @Test
    void whoeverFailedAnEntryAndStayedIsNamed() {
        missed.add(C, 9);
        missed.add(C, 12);
        missed.add(A, 19);
        missed.add(D, 9);
        assertThat(missed.of(closed())).containsExactly(A, C);
    }

    @Test
    void entriesBehindTheEndDoNotCount() {
        missed.add(B, 20);
        assertThat(missed.of(closed())).isEmpty();
    }
}
