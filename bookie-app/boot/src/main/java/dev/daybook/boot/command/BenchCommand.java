package dev.daybook.boot.command;

import dev.daybook.boot.bench.ReadBench;
import dev.daybook.boot.bench.WriteBench;
import dev.daybook.protocol.model.LedgerId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
                names = "--ledgers",
                defaultValue = "1",
                paramLabel = "N",
                description = "Ledgers written at once. Default: ${DEFAULT-VALUE}.")
        private int ledgers;

        @Option(names = "--keep", description = "Keep the ledgers and print their ids for bench read.")
        private boolean keep;

        @Override
        public Integer call() throws InterruptedException {
            WriteBench bench = new WriteBench(
                    options.target(), options.size(), outstanding, ledgers, options.warmup(), options.measured(), keep);
            System.out.println(options.headline("write") + ", " + options.size() + " bytes, " + outstanding
                    + " outstanding, " + ledgers + " ledgers");
            bench.run(System.out);
            return 0;
        }
    }

    /** {@code daybook bench read}. */
    @Command(name = "read", description = "Read a ledger from the first entry to the last, over and over.")
    static final class Read implements Callable<Integer> {
        @Mixin
        private BenchOptions options = new BenchOptions();

        @Option(
                names = "--ledger",
                paramLabel = "ID",
                description = "Ledger to read, may be repeated. Default: one is written first.")
        private List<Long> ledgers = new ArrayList<>();

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
            ReadBench bench = new ReadBench(
                    options.target(),
                    ledgers.stream().map(LedgerId::new).toList(),
                    entries,
                    options.size(),
                    batch,
                    outstanding,
                    options.warmup(),
                    options.measured());
            System.out.println(
                    options.headline("read") + ", calls of " + batch + " entries, " + outstanding + " outstanding");
            bench.run(System.out);
            return 0;
        }
    }
}
