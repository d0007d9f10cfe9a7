package dev.daybook.boot.command;

import dev.daybook.core.job.BalanceLimits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code daybook cluster rebalance}. */
@Command(
        name = "rebalance",
        description = {
            "Move copies of closed ledgers from full bookies to empty ones.",
            "",
            "Disk use counts first, the number of ledgers where all disks are about equally full. --dry-run shows every"
                    + " move; what is ordered is exactly what was planned.",
            "",
            "JSON: type job, with --dry-run or nothing to do type plan, as of 'daybook bookie decommission'."
        })
final class ClusterRebalanceCommand extends OperatorCommand {
    @Mixin
    private JobOptions options = new JobOptions();

    @Option(
            names = "--tolerance",
            paramLabel = "PERCENT",
            defaultValue = "10",
            description = "Up to which difference bookies count as even. Default: ${DEFAULT-VALUE}.")
    private int tolerancePercent;

    @Option(
            names = "--max-moves",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Ledgers moved at most. Default: ${DEFAULT-VALUE}.")
    private int movesMax;

    @Override
    public Integer call() {
        return new JobOrdering(connection, output, options).rebalance(new BalanceLimits(tolerancePercent, movesMax));
    }
}
