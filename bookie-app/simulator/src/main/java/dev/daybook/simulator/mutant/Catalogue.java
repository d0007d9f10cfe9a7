package dev.daybook.simulator.mutant;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The mutants of {@code mutants.txt}. */
final class Catalogue {
    private Catalogue() {}

    static List<Mutant> read() {
        try (InputStream file = Catalogue.class.getResourceAsStream("/mutants.txt")) {
            String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            List<Mutant> mutants = new ArrayList<>();
            for (String section : text.split("(?m)^== ", -1)) {
                if (!section.startsWith("#")) {
                    mutants.add(parse(section));
                }
            }
            return mutants;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Mutant parse(String section) {
        List<String> lines = section.lines().toList();
        String[] head = lines.get(0).split(" ", 2);
        List<Mutant.Change> changes = new ArrayList<>();
        String file = "";
        StringBuilder original = new StringBuilder();
        StringBuilder replacement = new StringBuilder();
        boolean inReplacement = false;
        for (String line : lines.subList(1, lines.size())) {
            boolean ends = inReplacement && !line.startsWith("+");
            if (ends) {
                changes.add(new Mutant.Change(file, original.toString(), replacement.toString()));
                original.setLength(0);
                replacement.setLength(0);
                inReplacement = false;
            }
            if (line.startsWith("file ")) {
                file = line.substring("file ".length()).strip();
            } else if (line.startsWith("-")) {
                original.append(line.substring(1)).append('\n');
            } else if (line.startsWith("+")) {
                replacement.append(line.substring(1)).append('\n');
                inReplacement = true;
            }
        }
        if (inReplacement) {
            changes.add(new Mutant.Change(file, original.toString(), replacement.toString()));
        }
        return new Mutant(head[0], head[1], List.copyOf(changes));
    }
}
