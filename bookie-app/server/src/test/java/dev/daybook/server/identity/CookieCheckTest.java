package dev.daybook.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.protocol.format.Cookie;
import dev.daybook.protocol.format.CookieFormat;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Versioned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every row of metadata specification 8.3, and the comparisons that come before them. */
class CookieCheckTest {
    private static final BookieId ME = new BookieId("b1:3181");
    private static final BookieId FORMER_ME = new BookieId("10.0.0.7:3181");
    private static final Optional<String> CLUSTER = Optional.of("5e0a1d62-0000-4000-8000-000000000001");

    @TempDir
    Path root;

    private final RegistryInMemory registry = new RegistryInMemory();
    private final List<Path> noted = new ArrayList<>();
    private BookieFolders folders;

    @BeforeEach
    void lay() {
        folders = folders("ledgers");
    }

    @Test
    void aNewBookieStampsFoldersAndThenTheMetadataService() throws IOException {
        assertThat(check()).isEmpty();
        byte[] registered = registry.cookie(ME).value();
        for (Path folder : folders.all()) {
            assertThat(Files.readAllBytes(folder.resolve("current/VERSION"))).isEqualTo(registered);
            assertThat(folder).isDirectoryNotContaining("glob:**.new");
        }
        assertThat(CookieFormat.parse(registered).instanceId()).isEqualTo(CLUSTER);
    }

    /** Either refused with a sentence, or read as the same cookie; never taken for a new bookie. */
    @Test
    void aDamagedCookieIsRefusedOrReadAsItWas() throws IOException {
        assertThat(check()).isEmpty();
        byte[] registered = registry.cookie(ME).value();
        Path file = folders.ledger().get(0).resolve("current/VERSION");
        for (int at = 0; at < registered.length; at++) {
            for (int damage : new int[] {registered[at] ^ 1 << at % 8, 0, 0xff}) {
                byte[] damaged = registered.clone();
                damaged[at] = (byte) damage;
                Files.write(file, damaged);
                Optional<String> refusal = check();
                assertThat(refusal.isPresent() || Files.readAllBytes(file)[at] == (byte) damage)
                        .as("byte %s became %s: %s", at, damage, refusal)
                        .isTrue();
                assertThat(registry.cookie(ME).value()).isEqualTo(registered);
                refusal.ifPresent(sentence -> assertThat(sentence).endsWith("."));
            }
        }
        for (int length = 0; length < registered.length - 1; length++) {
            Files.write(file, Arrays.copyOf(registered, length));
            assertThat(check()).as("cut off at %s", length).isPresent();
        }
    }

    @Test
    void aRestartChangesNothing() throws IOException {
        assertThat(check()).isEmpty();
        Versioned<byte[]> before = registry.cookie(ME);
        assertThat(check()).isEmpty();
        assertThat(registry.cookie(ME)).isSameAs(before);
    }

    @Test
    void aFirstStartThatWasInterruptedBetweenFoldersGoesOn() throws IOException {
        assertThat(check()).isEmpty();
        registry.cookies.clear();
        Files.delete(folders.ledger().get(0).resolve("current/VERSION"));
        assertThat(check()).isEmpty();
        assertThat(registry.cookies).containsKey(ME);
    }

    @Test
    void aFolderWithStrangeFilesIsRefused() throws IOException {
        Path current = Files.createDirectories(folders.ledger().get(0).resolve("current"));
        Files.createFile(current.resolve("0.log"));
        assertThat(check().orElseThrow()).contains(folders.ledger().get(0).toString(), "not empty", "--data-dir");
        assertThat(registry.cookies).isEmpty();
    }

    @Test
    void aBookieThatTheClusterForgotIsRefused() throws IOException {
        assertThat(check()).isEmpty();
        registry.cookies.clear();
        assertThat(check().orElseThrow()).contains("\"b1:3181\"", "knows no such bookie");
    }

    @Test
    void aLostDiskThatCameBackEmptyIsRefused() throws IOException {
        assertThat(check()).isEmpty();
        wipe(folders.ledger().get(0));
        assertThat(check().orElseThrow())
                .contains(folders.ledger().get(0).toString(), "a disk was lost or is not mounted");
        assertThat(expanding().orElseThrow()).contains("a disk was lost or is not mounted");
    }

    @Test
    void aLostDiskIsGoneOnWithoutWhereThatIsAcceptedAndNotedBefore() throws IOException {
        assertThat(check()).isEmpty();
        assertThat(noted).containsExactlyElementsOf(folders.all());
        noted.clear();
        wipe(folders.ledger().get(0));
        assertThat(check().orElseThrow()).contains("--accept-data-loss");
        assertThat(accepting()).isEmpty();
        assertThat(noted).containsExactly(folders.ledger().get(0));
        noted.clear();
        assertThat(check()).isEmpty();
        assertThat(noted).isEmpty();
    }

    @Test
    void acceptingALossAcceptsNothingElse() throws IOException {
        assertThat(check()).isEmpty();
        wipe(folders.journal().get(0));
        Files.createFile(folders.journal().get(0).resolve("current/1.journal"));
        assertThat(accepting().orElseThrow()).contains("its cookie (current/VERSION) is gone");
        stampFolders(new BookieId("b2:3181"), CLUSTER);
        assertThat(accepting().orElseThrow()).contains("belongs to the bookie");
        stampFolders(ME, Optional.of("another"));
        assertThat(accepting().orElseThrow()).contains("another cluster");
    }

    @Test
    void aBookieThatTheClusterForgotDoesNotBecomeNewByLosingADisk() throws IOException {
        assertThat(check()).isEmpty();
        registry.cookies.clear();
        Files.createFile(folders.journal().get(0).resolve("current/1.journal"));
        wipe(folders.ledger().get(0));
        assertThat(check().orElseThrow()).contains("knows no such bookie");
        assertThat(accepting().orElseThrow()).contains("knows no such bookie");
    }

    @Test
    void cookiesOfOtherFormatsAreReadOrRefused() throws IOException {
        assertThat(check()).isEmpty();
        Path file = folders.ledger().get(0).resolve("current/VERSION");
        String present = Files.readString(file);
        Files.writeString(file, "7" + present.substring(1) + "somethingNew: \"x\"\n");
        assertThat(check()).isEmpty();
        Files.writeString(
                file,
                "3\n" + ME + "\n" + folders.journal().get(0) + "\n1\t"
                        + folders.ledger().get(0) + "\n");
        assertThat(check()).isEmpty();
        Files.writeString(file, "2" + present.substring(1));
        assertThat(check()).isPresent();
    }

    @Test
    void aLostCookieBesideFilesIsRefused() throws IOException {
        assertThat(check()).isEmpty();
        wipe(folders.journal().get(0));
        Files.createFile(folders.journal().get(0).resolve("current/1.txn"));
        assertThat(check().orElseThrow()).contains("its cookie (current/VERSION) is gone");
    }

    @Test
    void anEmptyFolderMayBeAddedOnlyWhereExpansionIsAllowed() throws IOException {
        assertThat(check()).isEmpty();
        folders = folders("ledgers", "more");
        assertThat(check().orElseThrow()).contains("made for other settings");
        assertThat(expanding()).isEmpty();
        Versioned<byte[]> stored = registry.cookie(ME);
        assertThat(stored.version()).isEqualTo(1);
        assertThat(CookieFormat.parse(stored.value()).ledgerDirs()).hasSize(2);
        assertThat(check()).isEmpty();
    }

    @Test
    void theFolderOfAnotherBookieIsRefusedWithBothNames() throws IOException {
        stampFolders(new BookieId("b2:3181"), CLUSTER);
        assertThat(check().orElseThrow())
                .contains("belongs to the bookie \"b2:3181\", not to \"b1:3181\"", "--data-dir");
    }

    @Test
    void theFolderOfAnotherClusterIsRefused() throws IOException {
        stampFolders(ME, Optional.of("another"));
        assertThat(check().orElseThrow()).contains("another cluster", "--metadata-uri");
    }

    @Test
    void aCookieUnderAFormerNameIsRefused() throws IOException {
        registry.cookies.put(FORMER_ME, new Versioned<>(cookie(FORMER_ME, CLUSTER), 0));
        assertThat(check().orElseThrow()).contains("\"10.0.0.7:3181\"", "daybook.bookie.id");
    }

    @Test
    void aCookieThatCannotBeReadIsRefusedWithItsPlace() throws IOException {
        assertThat(check()).isEmpty();
        Files.writeString(folders.journal().get(0).resolve("current/VERSION"), "nonsense");
        assertThat(check().orElseThrow()).contains(folders.journal().get(0).toString(), "cannot be read");
    }

    private Optional<String> check() throws IOException {
        return check(CookieCheck.Rules.STRICT);
    }

    private Optional<String> expanding() throws IOException {
        return check(new CookieCheck.Rules(true, false));
    }

    private Optional<String> accepting() throws IOException {
        return check(new CookieCheck.Rules(false, true));
    }

    private Optional<String> check(CookieCheck.Rules rules) throws IOException {
        return CookieCheck.refusal(registry, identity(), folders, rules, CLUSTER, lost -> {
            // Before the last of them looks like a folder that was always here.
            assertThat(lost).anyMatch(folder -> Files.notExists(folder.resolve("current/VERSION")));
            noted.addAll(lost);
        });
    }

    private static Identity identity() {
        return new Identity(ME, "b1", List.of(ME, FORMER_ME));
    }

    private BookieFolders folders(String... ledgers) {
        List<Path> paths = new ArrayList<>();
        for (String name : ledgers) {
            paths.add(root.resolve(name));
        }
        return new BookieFolders(List.of(root.resolve("journal")), paths, Optional.empty());
    }

    private void stampFolders(BookieId bookie, Optional<String> instance) throws IOException {
        for (Path folder : folders.all()) {
            FolderCookies.create(folder);
            FolderCookies.write(folder, cookie(bookie, instance));
        }
    }

    private byte[] cookie(BookieId bookie, Optional<String> instance) {
        List<String> journals = folders.journal().stream().map(Path::toString).toList();
        List<String> ledgers = folders.ledger().stream().map(Path::toString).toList();
        return CookieFormat.serialize(Cookie.of(bookie, journals, ledgers, Optional.empty(), instance));
    }

    private static void wipe(Path folder) throws IOException {
        Files.delete(folder.resolve("current/VERSION"));
    }
}
