package dev.daybook.server.autorecovery;

import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.audit.AuditorReport;
import dev.daybook.client.meta.audit.AuditorReports;
import dev.daybook.core.audit.Search;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where operators learn what the auditor does, and ask it for searches, during one term. Belongs to the loop. */
final class AuditDesk implements TermDuty {
    private static final Logger LOG = LoggerFactory.getLogger(AuditDesk.class);
    private static final long INTERVAL_MILLIS = 1_000;

    /** Nobody completes a search in the past: who writes such a time asks for one. */
    private static final long ASKED_AGE_MILLIS = Duration.ofDays(20).toMillis();

    private final SerialLoop loop;
    private final MetadataStore store;
    private final AuditorReports reports;
    private final String name;
    private final long term;
    private final Supplier<AuditActivity> activity;
    private final Predicate<Search> demand;
    private final long electedMillis;
    private final List<Subscription> watches = new ArrayList<>();

    /** When each search was completed, as far as was told. */
    private final Map<Search, OptionalLong> completed = new EnumMap<>(Search.class);

    /** Searches that the auditor has not taken yet. */
    private final Set<Search> asked = EnumSet.noneOf(Search.class);

    private Optional<AuditActivity> told = Optional.empty();
    private Subscription next = () -> {};
    private boolean over;

    /** @param demand false if the auditor cannot take a search yet */
    AuditDesk(
            SerialLoop loop,
            MetadataStore store,
            String name,
            long term,
            Supplier<AuditActivity> activity,
            Predicate<Search> demand) {
        this.loop = loop;
        this.store = store;
        this.reports = new AuditorReports(store.records());
        this.name = name;
        this.term = term;
        this.activity = activity;
        this.demand = demand;
        this.electedMillis = loop.epochMillis();
    }

    @Override
    public void start() {
        for (Search search : Search.values()) {
            watches.add(store.repairs()
                    .watchCompleted(search, millis -> loop.execute(() -> onCompleted(search, millis))));
        }
        look();
    }

    /** What was told stays. */
    @Override
    public void stop() {
        over = true;
        next.close();
        watches.forEach(Subscription::close);
    }

    private void onCompleted(Search search, OptionalLong millis) {
        OptionalLong before = completed.put(search, millis);
        if (before == null || millis.isEmpty()) {
            return;
        }
        boolean earlier = millis.getAsLong() < before.orElse(Long.MAX_VALUE);
        if (earlier && millis.getAsLong() < loop.epochMillis() - ASKED_AGE_MILLIS) {
            asked.add(search);
            pass();
        }
    }

    private void pass() {
        asked.removeIf(demand);
    }

    private void look() {
        if (over) {
            return;
        }
        pass();
        AuditActivity now = activity.get();
        if (told.isPresent() && told.get().equals(now)) {
            again();
            return;
        }
        AuditorReport report =
                new AuditorReport(name, term, electedMillis, loop.epochMillis(), now.awaited(), now.courses());
        loop.ask(
                () -> reports.write(report),
                stored -> {
                    if (stored) {
                        told = Optional.of(now);
                    }
                    again();
                },
                failure -> {
                    LOG.debug("The auditor could not report: {}", Causes.sentence(failure));
                    again();
                });
    }

    private void again() {
        if (!over) {
            next = loop.later(INTERVAL_MILLIS, this::look);
        }
    }
}
