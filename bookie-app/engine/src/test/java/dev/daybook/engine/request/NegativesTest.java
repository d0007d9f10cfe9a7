package dev.daybook.engine.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.engine.ledger.Doubt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Every request in every state of a ledger: "no such ledger" and "no such entry" are said only of a ledger that is
 * neither in limbo nor in doubt, and only by a disk that could be read.
 */
class NegativesTest {
    private static final long LEDGER = 7;
    private static final long ABSENT_ENTRY = 4;
    private static final Doubt OF_THE_LEDGER = new Doubt(1, Set.of(), 2, Set.of(1));
    private static final Doubt OF_OTHERS = new Doubt(1, Set.of(), 2, Set.of(0));

    private static final Map<String, UnaryOperator<Scene>> LIVES = new LinkedHashMap<>();
    private static final Map<String, UnaryOperator<Scene>> TRUST = new LinkedHashMap<>();
    private static final Map<String, UnaryOperator<Scene>> REQUESTS = new LinkedHashMap<>();

    static {
        LIVES.put("unknown", scene -> scene);
        LIVES.put("fenced only", scene -> scene.fence(LEDGER, 0).sync());
        LIVES.put("explicit LAC only", scene -> scene.writeLac(LEDGER, 3).sync());
        LIVES.put("with an entry", scene -> scene.add(LEDGER, 0).sync());
        LIVES.put("being deleted", scene -> scene.add(LEDGER, 0).sync().delete(LEDGER));
        LIVES.put("deleted", scene -> scene.add(LEDGER, 0).delete(LEDGER).sync());
        LIVES.put(
                "revived",
                scene -> scene.add(LEDGER, 0)
                        .delete(LEDGER)
                        .sync()
                        .recoveryAdd(LEDGER, 1)
                        .sync());

        TRUST.put("trusted", scene -> scene);
        TRUST.put("others doubted", scene -> doubting(scene, OF_OTHERS));
        TRUST.put(
                "trusted again",
                scene -> scene.limbo(LEDGER).sync().endLimbo(LEDGER).sync());
        TRUST.put("limbo on its way", scene -> scene.limbo(LEDGER));
        TRUST.put("limbo", scene -> scene.limbo(LEDGER).sync());
        TRUST.put("limbo about to end", scene -> scene.limbo(LEDGER).sync().endLimbo(LEDGER));
        TRUST.put("limbo after a restart", scene -> scene.limbo(LEDGER).sync().restarted());
        TRUST.put("doubted", scene -> doubting(scene, OF_THE_LEDGER));

        REQUESTS.put("read", scene -> scene.read(LEDGER, ABSENT_ENTRY));
        REQUESTS.put("read last", scene -> scene.read(LEDGER, -1));
        REQUESTS.put("fence", scene -> scene.fence(LEDGER, ABSENT_ENTRY).sync());
        REQUESTS.put("batch", scene -> scene.batch(LEDGER, ABSENT_ENTRY, 3, 1000));
        REQUESTS.put(
                "poll", scene -> scene.poll(LEDGER, ABSENT_ENTRY, -1, 0, false).tick(1));
        REQUESTS.put("piggyback", scene -> scene.poll(LEDGER, -1, 50, 0, true).tick(1));
        REQUESTS.put("read LAC", scene -> scene.readLac(LEDGER));
        REQUESTS.put("list", scene -> scene.list(LEDGER));
        REQUESTS.put("write LAC", scene -> scene.writeLac(LEDGER, 4).sync());
        REQUESTS.put("add", scene -> scene.add(LEDGER, ABSENT_ENTRY).sync());
    }

    private static Scene doubting(Scene scene, Doubt doubt) {
        scene.core.setDoubt(doubt);
        return scene;
    }

    @Test
    void nothingIsDeniedInLimboOrInDoubtOrOfADiskThatFails() {
        List<String> said = new ArrayList<>();
        LIVES.forEach((life, live) -> TRUST.forEach((trust, come) -> REQUESTS.forEach((request, ask) -> {
            for (boolean broken : new boolean[] {false, true}) {
                Scene scene = come.apply(live.apply(new Scene()));
                scene.answers();
                scene.diskBroken = broken;
                String answers = String.join("; ", ask.apply(scene).answers());
                String what = life + ", " + trust + ", " + request + (broken ? ", broken disk" : "") + ": " + answers;
                boolean denies = answers.contains("NO_ENTRY") || answers.contains("NO_LEDGER");
                boolean certain = trust.startsWith("trusted") || trust.equals("others doubted");
                // A ledger on its way out takes no limbo: it is gone, which is certain.
                boolean leaving = life.equals("being deleted") && !trust.equals("doubted");
                assertThat(denies && !certain && !leaving).as(what).isFalse();
                if (denies && broken) {
                    // Only what needs no search is still denied.
                    assertThat(List.of("unknown", "deleted", "being deleted", "fenced only", "explicit LAC only"))
                            .as(what)
                            .contains(life);
                }
                if (denies) {
                    said.add(what);
                }
            }
        })));
        assertThat(said).hasSizeGreaterThan(50);
        assertThat(said.stream().filter(what -> what.startsWith("with an entry, trusted, read: ")))
                .allMatch(what -> what.endsWith("NO_ENTRY"));
        assertThat(said.stream().filter(what -> what.startsWith("unknown, trusted, read: ")))
                .allMatch(what -> what.endsWith("NO_LEDGER"));
    }
}
