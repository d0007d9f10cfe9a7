package dev.daybook.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.core.effect.Dice;
import dev.daybook.protocol.model.BookieId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When an auditor searches, and for whom. */
class AuditorTest {
    private static final SearchPlan NOTHING_PERIODIC = new SearchPlan(Map.of());

    private static Set<BookieId> bookies(String names) {
        return Stream.of(names.split(" ")).map(BookieId::new).collect(Collectors.toCollection(HashSet::new));
    }

    /** Writes down what the auditor wants; timers run by hand. */
    private static final class Script implements AuditTraffic {
        final Auditor auditor;
        final List<String> lines = new ArrayList<>();

        Script(String known, long delaySeconds, SearchPlan plan) {
            auditor = new Auditor(plan, bookies(known), delaySeconds, true);
        }

        List<String> after(Runnable event) {
            lines.clear();
            event.run();
            auditor.drainTo(this);
            return List.copyOf(lines);
        }

        @Override
        public void beginSearch(BeginSearch effect) {
            lines.add("search " + effect.search() + " sparing "
                    + effect.spared().stream().sorted().toList());
        }

        @Override
        public void startTimer(StartTimer effect) {
            lines.add("timer " + effect.timer() + " " + effect.delayMillis());
        }

        @Override
        public void cancelTimer(CancelTimer effect) {
            lines.add("cancel " + effect.timer());
        }

        @Override
        public void lossNoticed(LossNoticed effect) {
            lines.add("lost " + effect.bookies().stream().sorted().toList() + " for " + effect.delayMillis());
        }
    }

    private static Script started(String known, long delaySeconds) {
        Script script = new Script(known, delaySeconds, NOTHING_PERIODIC);
        script.after(() -> script.auditor.start(bookies(known), Map.of()));
        script.after(() -> script.auditor.onSearched(Search.LOST_BOOKIES, true));
        return script;
    }

    @Test
    void whoWasDeadBeforeTheElectionIsFoundAtOnce() {
        Script script = new Script("a b c", 0, NOTHING_PERIODIC);
        assertThat(script.after(() -> script.auditor.start(bookies("a b"), Map.of())))
                .containsExactly("lost [c] for 0", "search LOST_BOOKIES sparing []");
    }

    @Test
    void anElectionDuringARollingRestartSparesTheOneThatIsAway() {
        Script script = new Script("a b c", 60, NOTHING_PERIODIC);
        assertThat(script.after(() -> script.auditor.start(bookies("a b"), Map.of())))
                .containsExactly("lost [c] for 60000", "timer RETURN 60000", "search LOST_BOOKIES sparing [c]");
    }

    @Test
    void aBookieThatComesBackInTimeCausesNoSearch() {
        Script script = started("a b c", 60);
        assertThat(script.after(() -> script.auditor.onBookies(bookies("a b"))))
                .containsExactly("lost [c] for 60000", "timer RETURN 60000");
        assertThat(script.after(() -> script.auditor.onBookies(bookies("a b c"))))
                .containsExactly("cancel RETURN");
        assertThat(script.after(() -> script.auditor.onTimer(AuditTimer.RETURN)))
                .isEmpty();
    }

    @Test
    void whoMayComeBackIsExpectedUntilTheDelayIsOver() {
        Script script = started("a b c", 60);
        assertThat(script.auditor.expected()).isEqualTo(bookies("a b c"));
        script.after(() -> script.auditor.onBookies(bookies("a b")));
        assertThat(script.auditor.expected()).isEqualTo(bookies("a b c"));
        script.after(() -> script.auditor.onTimer(AuditTimer.RETURN));
        assertThat(script.auditor.expected()).isEqualTo(bookies("a b"));
    }

    @Test
    void aSecondLossEndsTheWaiting() {
        Script script = started("a b c", 60);
        script.after(() -> script.auditor.onBookies(bookies("a b")));
        assertThat(script.after(() -> script.auditor.onBookies(bookies("a"))))
                .containsExactly("lost [b] for 60000", "cancel RETURN", "search LOST_BOOKIES sparing []");
    }

    @Test
    void writingThePresentDelayAsksForASearchNow() {
        Script script = started("a b c", 60);
        script.after(() -> script.auditor.onBookies(bookies("a b")));
        assertThat(script.after(() -> script.auditor.onDelay(90)))
                .containsExactly("cancel RETURN", "timer RETURN 90000");
        assertThat(script.after(() -> script.auditor.onDelay(90)))
                .containsExactly("cancel RETURN", "search LOST_BOOKIES sparing []");
    }

    @Test
    void aLossWhileASearchRunsIsSearchedForAfterIt() {
        Script script = started("a b c", 0);
        script.after(() -> script.auditor.onBookies(bookies("a b")));
        assertThat(script.after(() -> script.auditor.onBookies(bookies("a")))).containsExactly("lost [b] for 0");
        assertThat(script.after(() -> script.auditor.onSearched(Search.LOST_BOOKIES, true)))
                .containsExactly("search LOST_BOOKIES sparing []");
    }

    @Test
    void whileSwitchedOffNothingIsSearchedAndNothingForgotten() {
        Script script = started("a b c", 0);
        script.after(() -> script.auditor.onEnabled(false));
        assertThat(script.after(() -> script.auditor.onBookies(bookies("a b")))).containsExactly("lost [c] for 0");
        assertThat(script.after(() -> script.auditor.onEnabled(true)))
                .containsExactly("search LOST_BOOKIES sparing []");
    }

    @Test
    void aSearchThatWasGivenUpIsRepeated() {
        Script script = started("a b c", 0);
        script.after(() -> script.auditor.onBookies(bookies("a b")));
        assertThat(script.after(() -> script.auditor.onSearched(Search.LOST_BOOKIES, false)))
                .containsExactly("timer LOST_BOOKIES_DUE 5000");
        assertThat(script.after(() -> script.auditor.onTimer(AuditTimer.LOST_BOOKIES_DUE)))
                .containsExactly("search LOST_BOOKIES sparing []");
    }

    @Test
    void periodicSearchesGoOnWhereTheLastAuditorLeftThem() {
        SearchPlan plan = new SearchPlan(Map.of(Search.MISSING_COPIES, 1_000L, Search.PLACEMENT, 500L));
        Script script = new Script("a", 0, plan);
        assertThat(script.after(() -> script.auditor.start(bookies("a"), Map.of(Search.MISSING_COPIES, 400L))))
                .containsExactlyInAnyOrder(
                        "search LOST_BOOKIES sparing []", "timer MISSING_COPIES_DUE 600", "timer PLACEMENT_DUE 0");
        script.after(() -> script.auditor.onTimer(AuditTimer.PLACEMENT_DUE));
        assertThat(script.after(() -> script.auditor.onSearched(Search.LOST_BOOKIES, true)))
                .containsExactly("search PLACEMENT sparing []");
        assertThat(script.after(() -> script.auditor.onSearched(Search.PLACEMENT, true)))
                .containsExactly("timer PLACEMENT_DUE 500");
    }

    /** Whoever stays away is searched for, whatever happens in between. */
    @Test
    void nobodyIsForgotten() {
        long first = System.nanoTime();
        System.out.println("audits: first seed " + first);
        for (long seed = first; seed < first + 3_000; seed++) {
            new Forgetting(seed).play();
        }
    }

    private static final class Forgetting implements AuditTraffic {
        private static final List<BookieId> ALL =
                bookies("a b c d").stream().sorted().toList();

        private final long seed;
        private final Dice dice;
        private final Set<BookieId> available = new HashSet<>(ALL);
        private final Set<AuditTimer> timers = new HashSet<>();

        /** Away, with no completed search since then that looked for it. */
        private final Set<BookieId> owed = new HashSet<>();

        private final Map<BookieId, Boolean> looked = new HashMap<>();
        private boolean searching;
        private boolean enabled = true;
        private long delay;
        private final Auditor auditor;

        Forgetting(long seed) {
            this.seed = seed;
            this.dice = new Dice(seed);
            this.delay = dice.below(2) * 30L;
            this.auditor = new Auditor(NOTHING_PERIODIC, new HashSet<>(ALL), delay, true);
        }

        void play() {
            does(() -> auditor.start(available, Map.of()));
            for (int step = 0; step < 60; step++) {
                act(dice.below(6));
            }
            enabled = true;
            does(() -> auditor.onEnabled(true));
            for (int step = 0; step < 20; step++) {
                act(3);
                act(4);
            }
            assertThat(owed).as("seed %d", seed).isEmpty();
        }

        private void act(int choice) {
            switch (choice) {
                case 0 -> {
                    BookieId bookie = dice.pick(ALL);
                    if (available.remove(bookie)) {
                        owed.add(bookie);
                        looked.put(bookie, false);
                    }
                    does(() -> auditor.onBookies(available));
                }
                case 1 -> {
                    BookieId bookie = dice.pick(ALL);
                    available.add(bookie);
                    owed.remove(bookie);
                    does(() -> auditor.onBookies(available));
                }
                case 2 -> {
                    delay = dice.below(3) * 30L;
                    does(() -> auditor.onDelay(delay));
                }
                case 3 -> {
                    for (AuditTimer timer : List.copyOf(timers)) {
                        timers.remove(timer);
                        does(() -> auditor.onTimer(timer));
                    }
                }
                case 4 -> finishSearch();
                default -> {
                    enabled = !enabled;
                    does(() -> auditor.onEnabled(enabled));
                }
            }
        }

        private void finishSearch() {
            if (searching) {
                searching = false;
                boolean completed = enabled && dice.chance(80);
                if (completed) {
                    owed.removeIf(bookie -> looked.getOrDefault(bookie, false));
                }
                does(() -> auditor.onSearched(Search.LOST_BOOKIES, completed));
            }
        }

        private void does(Runnable event) {
            event.run();
            auditor.drainTo(this);
        }

        @Override
        public void beginSearch(BeginSearch effect) {
            assertThat(searching).as("one at a time, seed %d", seed).isFalse();
            assertThat(enabled).as("seed %d", seed).isTrue();
            searching = true;
            owed.forEach(bookie -> looked.put(bookie, !effect.spared().contains(bookie)));
        }

        @Override
        public void startTimer(StartTimer effect) {
            timers.add(effect.timer());
        }

        @Override
        public void cancelTimer(CancelTimer effect) {
            timers.remove(effect.timer());
        }

        @Override
        public void lossNoticed(LossNoticed effect) {
            assertThat(available).doesNotContainAnyElementsOf(effect.bookies());
        }
    }
}
