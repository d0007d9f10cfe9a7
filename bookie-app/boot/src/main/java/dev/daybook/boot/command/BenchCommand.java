package dev.daybook.boot.command;

import dev.daybook.boot.bench.LedgerFile;
import dev.daybook.boot.bench.ReadBench;
import dev.daybook.boot.bench.WriteBench;
import dev.daybook.protocol.model.LedgerId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code daybook bench}. */
@Command(
        name = "bench",
        description = "Measure a cluster; works against any that speaks the BookKeeper protocol.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {BenchCommand.Write.class, BenchCommand.Read.class})
final class BenchCommand {
    /** What payloads are made of. */
    enum Payload {
        RANDOM,
        ZEROS
    }

    /** {@code daybook bench write}. */
    @Command(name = "write", description = "Append entries and measure until they are acknowledged.")
    static final class Write implements Callable<Integer> {
        @Mixin
        private BenchOptions options = new BenchOptions();

        @Option(
                names = "--outstanding",
                defaultValue = "1000",
                paramLabel = "N",
                description = "Entries not yet acknowledged, over all ledgers. Default: ${DEFAULT-VALUE}.")
        private int outstanding;

        @Option(
                names = "--rate",
                defaultValue = "0",
                paramLabel = "N",
                description = "Entries a second; latency then counts from when an entry was due."
                        + " Default: as fast as --outstanding allows.")
        private double rate;

        @Option(
                names = "--entries",
                defaultValue = "0",
                paramLabel = "N",
                description = "Measure so many entries, after the warm-up, instead of a time.")
        private long entries;

        @Option(
                names = "--ledgers",
                defaultValue = "1",
                paramLabel = "N",
                description = "Ledgers written at once, in turn. Default: ${DEFAULT-VALUE}.")
        private int ledgers;

        @Option(
                names = "--touch",
                description = "Append one entry to every ledger before the warm-up; a ledger's first costs more.")
        private boolean touch;

        @Option(
                names = "--payload",
                defaultValue = "RANDOM",
                paramLabel = "KIND",
                description = "Bytes of the entries, one of ${COMPLETION-CANDIDATES}; random ones do not compress."
                        + " Default: ${DEFAULT-VALUE}.")
        private Payload payload = Payload.RANDOM;

        @Option(names = "--keep", description = "Close the ledgers but keep them, and tell their ids for bench read.")
        private boolean keep;

        @Option(names = "--leave-open", description = "Neither close nor delete the ledgers.")
        private boolean leaveOpen;

        @Option(
                names = "--ledgers-file",
                paramLabel = "FILE",
                description = "Write the ids of kept ledgers to this file instead of printing them.")
        private @Nullable Path ledgersFile;

        @Override
        public Integer call() throws InterruptedException {
            WriteBench.After after =
                    leaveOpen ? WriteBench.After.LEAVE_OPEN : keep ? WriteBench.After.CLOSE : WriteBench.After.DELETE;
            WriteBench bench = new WriteBench(
                    options.target(),
                    options.load(outstanding, rate, entries),
                    options.size(),
                    payload == Payload.RANDOM ? Optional.of(options.seed()) : Optional.empty(),
                    ledgers,
                    touch,
                    after,
                    Optional.ofNullable(ledgersFile));
            bench.run(options.report(
                    "write", bench.load(), options.size() + " bytes (" + payload + "), " + ledgers + " ledgers"));
            return 0;
        }
    }

    /** {@code daybook bench read}. */
    @Command(name = "read", description = "Read ledgers and measure until the entries are there and verified.")
    static final class Read implements Callable<Integer> {
        @Mixin
        private BenchOptions options = new BenchOptions();

        @Option(
                names = "--order",
                defaultValue = "SEQUENTIAL",
                paramLabel = "ORDER",
                description = "One of ${COMPLETION-CANDIDATES}: first to last over and over; calls at random places; or"
                        + " one ledger after another, each once, as a reader that catches up."
                        + " Default: ${DEFAULT-VALUE}.")
        private ReadBench.Order order = ReadBench.Order.SEQUENTIAL;

        @Option(
                names = "--ledger",
                paramLabel = "ID",
                description = "Ledger to read, may be repeated. Default: one is written first.")
        private List<Long> ledgers = new ArrayList<>();

        @Option(
                names = "--ledgers-file",
                paramLabel = "FILE",
                description = "Read the ledgers whose ids this file holds, one a line.")
        private @Nullable Path ledgersFile;

        @Option(
                names = "--sample",
                defaultValue = "0",
                paramLabel = "N",
                description = "Of the ledgers given read only so many, chosen by --seed. Default: all.")
        private int sample;

        @Option(
                names = "--entries",
                defaultValue = "100000",
                paramLabel = "N",
                description = "Entries of the ledger that is written first. Default: ${DEFAULT-VALUE}.")
        private int entries;

        @Option(
                names = "--batch",
                defaultValue = "100",
                paramLabel = "N",
                description = "Entries asked for with one call. Default: ${DEFAULT-VALUE}.")
        private int batch;

        @Option(
                names = "--outstanding",
                defaultValue = "10",
                paramLabel = "N",
                description = "Calls not yet answered, over all ledgers. Default: ${DEFAULT-VALUE}.")
        private int outstanding;

        @Override
        public Integer call() throws InterruptedException {
            List<LedgerId> ids = new ArrayList<>(ledgersFile == null ? List.of() : LedgerFile.read(ledgersFile));
            ledgers.forEach(id -> ids.add(new LedgerId(id)));
            ReadBench bench = new ReadBench(
                    options.target(),
                    options.load(outstanding, 0, 0),
                    order,
                    ids,
                    sample,
                    options.seed(),
                    entries,
                    options.size(),
                    batch);
            bench.run(options.report("read", bench.load(), order + ", calls of " + batch + " entries"));
            return 0;
        }
    }
}
