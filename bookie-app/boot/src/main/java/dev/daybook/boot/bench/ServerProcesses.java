package dev.daybook.boot.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Processes on this machine that are watched while a benchmark runs.
 *
 * @param measured whose processor time, memory and disk traffic are reported, usually the bookies
 * @param known that take part but are not reported; what neither they, nor the measured ones, nor this process use is
 *     the load of others
 */
public record ServerProcesses(List<Long> measured, List<Long> known) {
    public ServerProcesses {
        measured = List.copyOf(measured);
        known = List.copyOf(known);
        if (!measured.isEmpty() && !ProcFiles.exist()) {
            throw BenchTarget.wrong("--pid needs /proc, which this system does not have; leave it out.");
        }
        for (long pid : measured) {
            if (!Files.exists(Path.of("/proc/" + pid))) {
                throw BenchTarget.wrong("There is no process " + pid + "; check --pid.");
            }
        }
    }
}
