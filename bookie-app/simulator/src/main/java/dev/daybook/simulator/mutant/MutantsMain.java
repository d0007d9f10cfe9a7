package dev.daybook.simulator.mutant;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * Makes the table of mutants: {@code run --mutants [--starts N] [--seeds N] [--only ID,ID] [--write true]}. Prints one row
 * per mutant, with the median over several starts of how many seeds it took; writes {@code MUTANTS.md} if told to.
 */
public final class MutantsMain {
    private static final Path DOCUMENT = Path.of("bookie-app/simulator/MUTANTS.md");
    private static final String BEGIN = "<!-- table -->";
    private static final String END = "<!-- end of table -->";
    private static final long START_DISTANCE = 1_000_000;

    private final int starts;
    private final long seedsMax;
    private final MutantCompiler compiler = new MutantCompiler(Path.of(""), System.getProperty("java.class.path"));

    private MutantsMain(int starts, long seedsMax) {
        this.starts = starts;
        this.seedsMax = seedsMax;
    }

    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        Map<String, String> options = new TreeMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        int starts = Integer.parseInt(options.getOrDefault("--starts", "5"));
        long seedsMax = Long.parseLong(options.getOrDefault("--seeds", "2000"));
        List<String> only = List.of(options.getOrDefault("--only", "").split(","));
        List<String> rows = new MutantsMain(starts, seedsMax).rows(only);
        if (Boolean.parseBoolean(options.getOrDefault("--write", "false"))) {
            write(rows, starts, seedsMax);
        }
    }

    private List<String> rows(List<String> only) throws IOException, ReflectiveOperationException {
        List<String> rows = new ArrayList<>();
        for (Mutant mutant : Catalogue.read()) {
            if (only.contains("") || only.contains(mutant.id())) {
                String row = row(mutant);
                System.out.println(row);
                rows.add(row);
            }
        }
        return rows;
    }

    private String row(Mutant mutant) throws IOException, ReflectiveOperationException {
        Map<String, byte[]> classes = compiler.compile(mutant);
        LongFunction<?> player = (LongFunction<?>) new MutantLoader(classes)
                .loadClass(SeedPlayer.class.getName())
                .getDeclaredConstructor()
                .newInstance();
        List<Long> needed = new ArrayList<>();
        Map<String, Integer> rules = new TreeMap<>();
        for (int start = 1; start <= starts; start++) {
            long first = start * START_DISTANCE;
            long seeds = 1;
            String rule = String.valueOf(player.apply(first));
            while (rule.isEmpty() && seeds < seedsMax) {
                rule = String.valueOf(player.apply(first + seeds));
                seeds++;
            }
            if (rule.isEmpty()) {
                needed.add(Long.MAX_VALUE);
            } else {
                needed.add(seeds);
                rules.merge(rule, 1, Integer::sum);
            }
        }
        Collections.sort(needed);
        return "| " + mutant.id() + " | " + mutant.what() + " | " + show(needed.get(needed.size() / 2)) + " | "
                + show(needed.get(0)) + " to " + show(needed.get(needed.size() - 1)) + " | "
                + String.join(", ", rules.keySet()) + " |";
    }

    private String show(long seeds) {
        return seeds == Long.MAX_VALUE ? "more than " + seedsMax : Long.toString(seeds);
    }

    private static void write(List<String> rows, int starts, long seedsMax) throws IOException {
        String document = Files.readString(DOCUMENT);
        String before = document.substring(0, document.indexOf(BEGIN) + BEGIN.length());
        String after = document.substring(document.indexOf(END));
        String table = "\n" + starts + " starts, at most " + seedsMax + " seeds each.\n\n"
                + "| Mutant | What is wrong | Seeds, median | Least to most | Rules broken |\n"
                + "| --- | --- | --- | --- | --- |\n" + String.join("\n", rows) + "\n";
        Files.write(DOCUMENT, (before + table + after).getBytes(StandardCharsets.UTF_8));
    }
}
