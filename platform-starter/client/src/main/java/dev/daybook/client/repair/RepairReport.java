package dev.daybook.client.repair;

import dev.daybook.core.repair.CompleteRepair;
import dev.daybook.core.repair.RepairTally;

/** How a repair ended, and what it has done. */
public record RepairReport(CompleteRepair.Outcome outcome, RepairTally tally) {}
