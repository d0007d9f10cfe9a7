package dev.daybook.boot.command;

import dev.daybook.boot.facts.BookieFacts;
import dev.daybook.boot.role.RoleRefused;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStore.BookieSnapshot;
import dev.daybook.protocol.format.CookieFormat;
import dev.daybook.protocol.model.Versioned;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code daybook bookie cookie}. */
@Command(
        name = "cookie",
        description = "Look at what ties a bookie to its folders.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {BookieCookieCommand.Get.class, BookieCookieCommand.Delete.class})
final class BookieCookieCommand {
    /** What is done with one bookie's cookie. */
    abstract static class CookieOperation extends BookieOperation {
        @Override
        public final Integer call() {
            try (MetadataStore store = connection.store()) {
                Versioned<byte[]> cookie = Answers.await(store.registry().readCookie(bookie))
                        .orElseThrow(
                                () -> new RoleRefused(RoleRefused.NOT_FOUND, "There is no cookie of " + bookie + "."));
                output.show("cookie", handle(store, cookie));
            }
            return 0;
        }

        /** @return what is told of it */
        abstract Map<String, Object> handle(MetadataStore store, Versioned<byte[]> cookie);
    }

    /** {@code daybook bookie cookie get}. */
    @Command(
            name = "get",
            description = {
                "Show a bookie's cookie.",
                "",
                "JSON: type cookie, with bookie, layoutVersion, journalDirs, ledgerDirs, indexDirs, instanceId, version."
            })
    static final class Get extends CookieOperation {
        @Override
        Map<String, Object> handle(MetadataStore store, Versioned<byte[]> cookie) {
            Map<String, Object> facts = BookieFacts.of(CookieFormat.parse(cookie.value()));
            facts.put("version", cookie.version());
            return facts;
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
    static final class Delete extends CookieOperation {
        @Mixin
        private ChangeOptions change = new ChangeOptions();

        @Override
        Map<String, Object> handle(MetadataStore store, Versioned<byte[]> cookie) {
            refuseIfRegistered(store.bookies());
            if (!change.dryRun()) {
                change.confirm("Delete the cookie of " + bookie + " for good? Type yes:");
                delete(store, cookie.version());
            }
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("bookie", bookie.value());
            facts.put("deleted", !change.dryRun());
            return facts;
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
