package dev.daybook.core;

import dev.daybook.core.effect.Dice;
import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.core.place.Placement;
import dev.daybook.core.place.PlacementPolicy;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Short words for the values of scenario tests. */
public final class Fixtures {
    private Fixtures() {}

    public static List<BookieId> bookies(String names) {
        return Stream.of(names.split(" "))
                .filter(n -> !n.isEmpty())
                .map(BookieId::new)
                .toList();
    }

    public static ClusterSnapshot cluster(String names) {
        return new ClusterSnapshot(bookies(names));
    }

    public static Quorum quorum(int ensemble, int write, int ack) {
        return new Quorum(ensemble, write, ack);
    }

    public static LedgerMetadata open(Quorum quorum, String ensemble) {
        return LedgerMetadata.open(
                quorum,
                new Fragment(0, bookies(ensemble)),
                new LedgerMetadata.Credentials(DigestType.CRC32C, LedgerPassword.EMPTY),
                Map.of(),
                1L);
    }

    /** For instance {@code OPEN 0:b1,b2,b3 4:b1,b4,b3} or {@code CLOSED@7/70 0:b1,b2,b3}. */
    public static String show(LedgerMetadata metadata) {
        String end = metadata.end()
                .map(e -> "@" + e.lastEntryId() + "/" + e.length())
                .orElse("");
        return metadata.state() + end + " "
                + metadata.fragments().stream().map(Fixtures::show).collect(Collectors.joining(" "));
    }

    private static String show(Fragment fragment) {
        return fragment.firstEntryId() + ":"
                + fragment.ensemble().stream().map(BookieId::value).collect(Collectors.joining(","));
    }

    /** Takes the first bookie that is allowed, so that a scenario can name it. */
    public static final class FirstAllowed implements PlacementPolicy {
        @Override
        public Placement<List<BookieId>> newEnsemble(
                ClusterSnapshot cluster, Quorum quorum, Set<BookieId> excluded, Dice dice) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Placement<BookieId> replacement(
                ClusterSnapshot cluster,
                Quorum quorum,
                List<BookieId> ensemble,
                int position,
                Set<BookieId> excluded,
                Dice dice) {
            return cluster.writable().stream()
                    .filter(bookie -> !ensemble.contains(bookie) && !excluded.contains(bookie))
                    .findFirst()
                    .<Placement<BookieId>>map(Placement.Chosen::new)
                    .orElseGet(() -> new Placement.NotEnough<>(1, 0));
        }
    }
}
