package dev.daybook.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerClients;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Quorum;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The commands for operators against a cluster in this process, as scripts and people read them. */
class OperatorCommandsTest {
    @TempDir
    static Path folder;

    @RegisterExtension
    static final Cluster CLUSTER = Cluster.ofBookies(3);

    @Test
    void aLedgerFromItsFirstLineToItsEnd() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "sesame\n");
        Ran written = daybook(
                "one\ntwo\nthree\n",
                "ledger write --json --write-quorum 2 --ack-quorum 2 --custom app=test --ledger-password-file "
                        + secret);
        assertThat(written.code()).as(written.err()).isZero();
        JsonNode told = written.json().get(0);
        assertThat(told.get("type").asString()).isEqualTo("ledger");
        assertThat(told.get("entries").asLong()).isEqualTo(3);
        assertThat(told.get("length").asLong()).isEqualTo(11);
        String ledger = told.get("ledger").asString();

        JsonNode shown = daybook("", "ledger show --json " + ledger).json().get(0);
        assertThat(shown.get("state").asString()).isEqualTo("CLOSED");
        assertThat(shown.get("lastEntryId").asLong()).isEqualTo(2);
        assertThat(shown.get("password").asString()).isEqualTo("set");
        assertThat(shown.toString())
                .doesNotContain("sesame")
                .doesNotContain(Base64.getEncoder().encodeToString("sesame".getBytes(StandardCharsets.UTF_8)));
        assertThat(shown.at("/fragments/0/bookies")).hasSize(3);

        assertThat(daybook("", "ledger read " + ledger).out()).isEqualTo("0  one\n1  two\n2  three\n");
        assertThat(daybook("", "ledger read --format raw --from 1 --to 1 " + ledger)
                        .out())
                .isEqualTo("two");
        JsonNode entry =
                daybook("", "ledger read --json --from 2 " + ledger).json().get(0);
        assertThat(entry.get("payload").asString()).isEqualTo("dGhyZWU=");
        assertThat(daybook("", "ledger read --to 3 " + ledger).refusal(6)).contains("is 2");

        List<JsonNode> tail =
                daybook("", "ledger tail --json --from 2 " + ledger).json();
        assertThat(tail).hasSize(2);
        assertThat(tail.get(1).get("type").asString()).isEqualTo("end");
        assertThat(tail.get(1).get("lastEntryId").asLong()).isEqualTo(2);
    }

    @Test
    void listsPageByPage() {
        List<String> ledgers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ledgers.add(write());
        }
        List<String> listed = daybook("", "ledger list --json").json().stream()
                .map(line -> line.get("ledger").asString())
                .toList();
        assertThat(listed).containsAll(ledgers).isSortedAccordingTo((a, b) -> Long.compare(number(a), number(b)));
        assertThat(daybook("", "ledger list --json --limit 1 --after " + ledgers.get(0))
                        .json())
                .hasSize(1)
                .allSatisfy(line -> assertThat(line.get("ledger").asLong()).isGreaterThan(number(ledgers.get(0))));
        assertThat(daybook("", "ledger list --long").out().lines().findFirst().orElse(""))
                .contains("ledger", "state", "writeQuorum");
        assertThat(daybook("", "ledger list --json --bookie bookie-1").json())
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(line -> assertThat(line.get("state").asString()).isNotEmpty());
        assertThat(daybook("", "ledger list --json --bookie other:1").json()).isEmpty();
        assertThat(daybook("", "ledger list --json --count")
                        .json()
                        .get(0)
                        .get("ledgers")
                        .asLong())
                .isGreaterThanOrEqualTo(3);
    }

    @Test
    void listsMoreLedgersThanAPageHolds() {
        Cluster.createRecords(CLUSTER.uri(), 450);
        List<JsonNode> listed = daybook("", "ledger list --json").json();
        assertThat(listed).hasSizeGreaterThanOrEqualTo(450).doesNotHaveDuplicates();
        Ran table = daybook("", "ledger list --long");
        assertThat(table.out().lines().filter(line -> line.startsWith("ledger")))
                .hasSize(1);
        assertThat(table.out().lines().count()).isGreaterThanOrEqualTo(451);
        assertThat(daybook("", "ledger list --json --limit 201").json()).hasSize(201);
    }

    @Test
    void followsALedgerThatIsStillOpen() throws Exception {
        try (LedgerClient client = LedgerClients.connect(ClientConfig.of(MetadataUri.parse(CLUSTER.uri())))) {
            try (AppendLedger ledger = client.create(LedgerSpec.of(new Quorum(3, 3, 2)))
                    .toCompletableFuture()
                    .get()) {
                ledger.append("early".getBytes(StandardCharsets.UTF_8))
                        .toCompletableFuture()
                        .get();
                ledger.append("late".getBytes(StandardCharsets.UTF_8))
                        .toCompletableFuture()
                        .get();
                assertThat(daybook("", "ledger tail --from 0 --idle 1 " + ledger.id())
                                .out())
                        .startsWith("0  early\n");
                assertThat(daybook("", "ledger read " + ledger.id()).out()).startsWith("0  early\n");
                assertThat(daybook("", "ledger show --json " + ledger.id())
                                .json()
                                .get(0)
                                .get("state")
                                .asString())
                        .isEqualTo("OPEN");
            }
        }
    }

    @Test
    void deletesOnlyWhatWasConfirmed() {
        String ledger = write();
        assertThat(daybook("", "ledger delete --dry-run --json " + ledger)
                        .json()
                        .get(0)
                        .get("deleted")
                        .asBoolean())
                .isFalse();
        assertThat(daybook("no\n", "ledger delete " + ledger).refusal(7)).contains("not confirmed");
        assertThat(daybook("", "ledger delete " + ledger).refusal(7)).contains("not confirmed");
        assertThat(daybook("", "ledger delete --yes " + ledger + " 999999").refusal(6))
                .contains("999999");
        assertThat(daybook("", "ledger show " + ledger).code()).isZero();
        assertThat(daybook("yes\n", "ledger delete " + ledger).code()).isZero();
        assertThat(daybook("", "ledger show " + ledger).refusal(6)).contains("no ledger " + ledger);
    }

    @Test
    void bookiesAndTheirCookies() {
        List<JsonNode> bookies = daybook("", "bookie list --json").json();
        assertThat(bookies).extracting(line -> line.get("bookie").asString()).contains("bookie-1", "bookie-2");
        JsonNode info = daybook("", "bookie info bookie-1 --json").json().get(0);
        assertThat(info.get("state").asString()).isEqualTo("WRITABLE");
        assertThat(info.get("totalBytes").asLong()).isPositive();
        assertThat(daybook("", "bookie info nobody").refusal(6)).contains("nobody");

        JsonNode cookie =
                daybook("", "bookie cookie get bookie-1 --json").json().get(0);
        assertThat(cookie.get("ledgerDirs")).hasSize(1);
        assertThat(daybook("", "bookie cookie delete bookie-1 --yes").refusal(2))
                .contains("is registered");
    }

    @Test
    void theCookieOfABookieThatIsGone() {
        CLUSTER.leaveCookieOf("bookie-9");
        assertThat(daybook("", "bookie list --state down --json").json())
                .extracting(line -> line.get("bookie").asString())
                .containsExactly("bookie-9");
        assertThat(daybook("", "bookie cookie delete bookie-9 --dry-run").code())
                .isZero();
        assertThat(daybook("\n", "bookie cookie delete bookie-9").refusal(7)).contains("not confirmed");
        assertThat(daybook("yes\n", "bookie cookie delete bookie-9").code()).isZero();
        assertThat(daybook("", "bookie cookie get bookie-9").refusal(6)).contains("bookie-9");
    }

    @Test
    void ledgersThatLackCopies() {
        String ledger = write();
        Cluster.mark(CLUSTER.uri(), LedgerId.parse(ledger), new BookieId("bookie-2"));
        JsonNode marked = daybook("", "under-replicated list --json --missing bookie-2")
                .json()
                .get(0);
        assertThat(marked.get("ledger").asString()).isEqualTo(ledger);
        assertThat(marked.at("/missing/0").asString()).isEqualTo("bookie-2");
        assertThat(daybook("", "under-replicated list --json --not-missing bookie-2")
                        .json())
                .isEmpty();
        assertThat(daybook("", "under-replicated list --count --json")
                        .json()
                        .get(0)
                        .get("ledgers")
                        .asLong())
                .isEqualTo(1);
    }

    @Test
    void whatAWorkerSaysIsToldWithTheLedger() {
        String ledger = write();
        Cluster.mark(CLUSTER.uri(), LedgerId.parse(ledger), new BookieId("bookie-3"));
        try (MetadataStore worker = Cluster.session(CLUSTER.uri())) {
            Cluster.report(worker, "host-7", LedgerId.parse(ledger), "No bookie may take a copy.");
            JsonNode marked = daybook("", "under-replicated list --json --missing bookie-3")
                    .json()
                    .get(0);
            assertThat(marked.get("worker").asString()).isEqualTo("host-7");
            assertThat(marked.get("state").asString()).isEqualTo("BACK_OFF");
            assertThat(daybook("", "under-replicated list --missing bookie-3").out())
                    .contains("No bookie may take a copy.");
            JsonNode status = daybook("", "autorecovery status --json").json().get(0);
            assertThat(status.at("/workers/0/worker").asString()).isEqualTo("host-7");
            assertThat(status.at("/workers/0/bytesPerSecond").asLong()).isEqualTo(1_000);
            assertThat(status.at("/workers/0/stalls/NO_TARGET").asLong()).isEqualTo(1);
            assertThat(daybook("", "autorecovery status").out()).contains("host-7", "NO_TARGET");
            Cluster.unmarkAll(worker);
        }
    }

    @Test
    void limitsOfAllWorkersTogether() {
        JsonNode planned = daybook("", "autorecovery limit --bytes-per-second 1MB --dry-run --json")
                .json()
                .get(0);
        assertThat(planned.get("wouldChange").asBoolean()).isTrue();
        assertThat(planned.get("bytesPerSecond").asLong()).isEqualTo(1 << 20);
        assertThat(planned.get("presentBytesPerSecond").asLong()).isZero();
        assertThat(daybook("", "autorecovery limit --json")
                        .json()
                        .get(0)
                        .get("bytesPerSecond")
                        .asLong())
                .isZero();
        assertThat(daybook("", "autorecovery limit --bytes-per-second 1MB --ledgers 3")
                        .code())
                .isZero();
        assertThat(daybook("", "autorecovery limit --ledgers 2").code()).isZero();
        JsonNode limits = daybook("", "autorecovery limit --json").json().get(0);
        assertThat(limits.get("bytesPerSecond").asLong()).isEqualTo(1 << 20);
        assertThat(limits.get("ledgersAtOnce").asLong()).isEqualTo(2);
        assertThat(limits.get("changed").asBoolean()).isFalse();
        assertThat(daybook("", "autorecovery limit --bytes-per-second fast").refusal(2))
                .contains("fast");
        assertThat(daybook("", "autorecovery limit --ledgers -1").refusal(2)).contains("negative");
        assertThat(daybook("", "autorecovery limit --bytes-per-second 0 --ledgers 0")
                        .code())
                .isZero();
    }

    @Test
    void theDelayBeforeALostBookieCounts() {
        JsonNode planned = only("autorecovery delay 90 --dry-run --json");
        assertThat(planned.get("wouldChange").asBoolean()).isTrue();
        assertThat(only("autorecovery delay --json")
                        .get("lostBookieDelaySeconds")
                        .asLong())
                .isZero();
        assertThat(only("autorecovery delay 90 --json").get("changed").asBoolean())
                .isTrue();
        JsonNode again = only("autorecovery delay 90 --json");
        assertThat(again.get("changed").asBoolean()).isFalse();
        assertThat(again.get("lostBookieDelaySeconds").asLong()).isEqualTo(90);
        assertThat(daybook("", "autorecovery delay -1").refusal(2)).contains("-1");
        assertThat(daybook("", "autorecovery delay soon").refusal(2)).contains("soon");
        assertThat(only("autorecovery delay 0 --json").get("changed").asBoolean())
                .isTrue();
    }

    private static JsonNode only(String command) {
        return daybook("", command).json().get(0);
    }

    @Test
    void repairOfTheCluster() {
        assertThat(daybook("", "autorecovery off --dry-run --json")
                        .json()
                        .get(0)
                        .get("wouldChange")
                        .asBoolean())
                .isTrue();
        assertThat(enabled()).isTrue();
        assertThat(daybook("", "autorecovery off --json")
                        .json()
                        .get(0)
                        .get("changed")
                        .asBoolean())
                .isTrue();
        assertThat(enabled()).isFalse();
        assertThat(daybook("", "autorecovery trigger").refusal(2)).contains("autorecovery on");
        assertThat(daybook("", "autorecovery on").code()).isZero();
        assertThat(daybook("", "autorecovery trigger").refusal(6)).contains("No auditor");
        assertThat(enabled()).isTrue();
    }

    private static boolean enabled() {
        return daybook("", "autorecovery status --json")
                .json()
                .get(0)
                .get("enabled")
                .asBoolean();
    }

    @Test
    void theClusterAsAWhole() {
        JsonNode status = daybook("", "cluster status --json").json().get(0);
        assertThat(status.get("writableBookies").asLong()).isEqualTo(3);
        assertThat(status.get("instanceId").asString()).isNotEmpty();
        assertThat(daybook("", "cluster init --json")
                        .json()
                        .get(0)
                        .get("created")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void connectsAsAFileSays() throws Exception {
        Path file = Files.writeString(folder.resolve("client.properties"), "daybook.metadata-uri=" + CLUSTER.uri());
        assertThat(Ran.daybook("", "cluster", "status", "--client-file", file.toString())
                        .code())
                .isZero();
        Path half = Files.writeString(
                folder.resolve("half.properties"),
                "daybook.metadata-uri=" + CLUSTER.uri() + "\ndaybook.auth.username=me\n");
        assertThat(Ran.daybook("", "cluster", "status", "--client-file", half.toString())
                        .refusal(2))
                .contains("daybook.auth.password");
        assertThat(Ran.daybook("", "cluster", "status").refusal(2)).contains("--metadata-uri");
    }

    @Test
    void completesInAShell() {
        Ran completion = Ran.daybook("", "completion");
        assertThat(completion.code()).isZero();
        assertThat(completion.out()).contains("complete -F", "under-replicated", "--ledger-password-file");
    }

    private static long number(String text) {
        return Long.parseLong(text);
    }

    private static String write() {
        Ran written = daybook("x\n", "ledger write --json");
        assertThat(written.code()).as(written.err()).isZero();
        return written.json().get(0).get("ledger").asString();
    }

    private static Ran daybook(String input, String command) {
        return CLUSTER.daybook(input, command);
    }
}
