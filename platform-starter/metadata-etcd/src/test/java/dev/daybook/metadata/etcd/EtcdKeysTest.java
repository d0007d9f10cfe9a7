package dev.daybook.metadata.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.meta.Samples;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The layout of {@code FORMAT.md}, which the reference's etcd driver shares. */
class EtcdKeysTest {
    private final EtcdKeys keys = new EtcdKeys("/my/ledgers");

    @Test
    void areWhereThePeerLooks() {
        assertThat(keys.ledger(new LedgerId(0))).isEqualTo("/my/ledgers/ledgers/00000000-0000-0000-0000-000000000000");
        assertThat(keys.ledger(new LedgerId(123_456)))
                .isEqualTo("/my/ledgers/ledgers/00000000-0000-0000-0000-00000001e240");
        assertThat(keys.ledger(new LedgerId(Long.MAX_VALUE)))
                .isEqualTo("/my/ledgers/ledgers/00000000-0000-0000-7fff-ffffffffffff");
        assertThat(keys.registration(new BookieId("b:3181"), false)).isEqualTo("/my/ledgers/bookies/writable/b:3181");
        assertThat(keys.registration(new BookieId("b:3181"), true)).isEqualTo("/my/ledgers/bookies/readonly/b:3181");
        assertThat(keys.cookie(new BookieId("b:3181"))).isEqualTo("/my/ledgers/cookies/b:3181");
        assertThat(keys.bucket()).isEqualTo("/my/ledgers/buckets/000");
        assertThat(keys.layout()).isEqualTo("/my/ledgers/layout");
        assertThat(keys.instanceId()).isEqualTo("/my/ledgers/instanceid");
    }

    @Test
    void sortLikeTheIdsInThem() {
        List<String> sorted = Samples.spreadLedgers().stream().map(keys::ledger).toList();
        assertThat(sorted).isSorted();
        assertThat(sorted.get(sorted.size() - 1)).isLessThan(keys.ledgersEnd());
        assertThat(keys.ledgersAfter(Optional.empty())).isEqualTo(keys.ledger(new LedgerId(0)));
        for (LedgerId ledger : Samples.spreadLedgers()) {
            assertThat(EtcdKeys.ledgerAt(keys.ledgers(), keys.ledger(ledger))).contains(ledger);
        }
    }

    @Test
    void areTakenForLedgersOnlyWhenTheyAre() {
        for (String key : List.of(
                "/my/ledgers/ledgers/",
                "/my/ledgers/ledgers/00000000-0000-0000-0000-0000000000zz",
                "/my/ledgers/ledgers/0-0-0-0-5",
                "/my/ledgers/ledgers/00000000-0000-0001-0000-000000000005",
                "/my/ledgers/ledgers/00000000-0000-0000-8000-000000000000",
                "/my/ledgers/ledgers/00000000-0000-0000-0000-00000000000A",
                "/other/ledgerssss/xx00000000-0000-0000-0000-000000000005")) {
            assertThat(EtcdKeys.ledgerAt(keys.ledgers(), key)).as(key).isEmpty();
        }
    }
}
