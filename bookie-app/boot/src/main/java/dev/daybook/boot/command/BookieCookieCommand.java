package dev.daybook.boot.command;

import dev.daybook.boot.facts.BookieFacts;
import dev.daybook.boot.role.RoleRefused;
import dev.daybook.client.meta.BookieRegistry;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStore.BookieSnapshot;
import dev.daybook.protocol.format.CookieFormat;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Versioned;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code daybook bookie cookie}. */
@Command(
        name = "cookie",
        description = "Look at what ties a bookie to its folders.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {BookieCookieCommand.Get.class, BookieCookieCommand.Delete.class})
final class BookieCookieCommand {
    private static Versioned<byte[]> existing(BookieRegistry registry, BookieId bookie) {
        return Answers.await(registry.readCookie(bookie))
                .orElseThrow(() -> new RoleRefused(RoleRefused.NOT_FOUND, "There is no cookie of " + bookie + "."));
    }

    /** {@code daybook bookie cookie get}. */
    @Command(
            name = "get",
            description = {
                "Show a bookie's cookie.",
                "",
                "JSON: type cookie, with bookie, layoutVersion, journalDirs, ledgerDirs, indexDirs, instanceId, version."
            })
    static final class Get implements Callable<Integer> {
        @Mixin
        private ConnectionOptions connection = new ConnectionOptions();

        @Mixin
        private OutputOptions output = new OutputOptions();

        @Parameters(paramLabel = "BOOKIE", converter = BookieIds.class, description = "Id of the bookie.")
        private BookieId bookie = BookieIds.UNSET;

        @Override
        public Integer call() {
            try (MetadataStore store = connection.store()) {
                Versioned<byte[]> cookie = existing(store.registry(), bookie);
                Map<String, Object> facts = BookieFacts.of(CookieFormat.parse(cookie.value()));
                facts.put("version", cookie.version());
                output.show("cookie", facts);
            }
            return 0;
        }
    }

    /** {@code daybook bookie cookie delete}. */
    @Command(
            name = "delete",
            description = {
                "Delete the cookie of a bookie that is gone for good, so that its id may be used anew.",
                "",
                "Refused while the bookie is registered. Entries that only it had are lost to the cluster: have them"
                        + " copied first (under-replicated list names the ledgers).",
                "",
                "JSON: type cookie, with bookie, deleted (false with --dry-run)."
            })
    static final class Delete implements Callable<Integer> {
        @Mixin
        private ConnectionOptions connection = new ConnectionOptions();

        @Mixin
        private OutputOptions output = new OutputOptions();

        @Mixin
        private ChangeOptions change = new ChangeOptions();

        @Parameters(paramLabel = "BOOKIE", converter = BookieIds.class, description = "Id of the bookie.")
        private BookieId bookie = BookieIds.UNSET;

        @Override
        public Integer call() {
            try (MetadataStore store = connection.store()) {
                Versioned<byte[]> cookie = existing(store.registry(), bookie);
                refuseIfRegistered(store.bookies());
                if (!change.dryRun()) {
                    change.confirm("Delete the cookie of " + bookie + " for good? Type yes:");
                    delete(store, cookie.version());
                }
                Map<String, Object> facts = new LinkedHashMap<>();
                facts.put("bookie", bookie.value());
                facts.put("deleted", !change.dryRun());
                output.show("cookie", facts);
            }
            return 0;
        }

        private void delete(MetadataStore store, long version) {
            refuseIfRegistered(store.bookies());
            if (!Answers.await(store.registry().deleteCookie(bookie, version))) {
                throw new RoleRefused(
                        RoleRefused.CONFIGURATION,
                        "The cookie of " + bookie + " has changed meanwhile and was left: look at it again.");
            }
        }

        private void refuseIfRegistered(BookieSnapshot bookies) {
            if (bookies.writable().contains(bookie) || bookies.readOnly().contains(bookie)) {
                throw new RoleRefused(
                        RoleRefused.CONFIGURATION,
                        "The bookie " + bookie + " is registered, so its cookie stays: stop the bookie first.");
            }
        }
    }
}
