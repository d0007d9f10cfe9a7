package dev.daybook.simulator.run;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.simulator.meta.MetadataService;
import dev.daybook.simulator.world.BrokenRule;
import dev.daybook.simulator.world.Gate;
import dev.daybook.simulator.world.World;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes a run go as a transcript says. */
final class Director implements Gate {
    private static final long LEDGER = 1;
    private static final Pattern BOOKIE = Pattern.compile("\\bb\\d+\\b");

    private final Transcript transcript;
    private final World world;
    private final MetadataService metadata;
    private final Stage stage;

    /** Holds and cues whose line has come. */
    private final Set<Object> over = new HashSet<>();

    private final List<Held> held = new ArrayList<>();
    private List<BookieId> members = List.of();
    private List<BookieId> spares = List.of();

    /** What a transcript can have done. */
    interface Stage {
        List<BookieId> bookies();

        void append();

        void recover();

        void kill(BookieId bookie);

        /** The bookie is not registered any more. */
        void hide(BookieId bookie);

        /** It is registered again. */
        void show(BookieId bookie);
    }

    private record Held(Transcript.Hold hold, Runnable onward) {}

    Director(Transcript transcript, World world, MetadataService metadata, Stage stage) {
        this.transcript = transcript;
        this.world = world;
        this.metadata = metadata;
        this.stage = stage;
    }

    @Override
    public void pass(String message, Runnable onward) {
        String name = inRoles(message);
        boolean lost =
                transcript.losses().stream().anyMatch(loss -> loss.matcher(name).matches());
        Optional<Transcript.Hold> hold = transcript.holds().stream()
                .filter(each ->
                        !over.contains(each) && each.message().matcher(name).matches())
                .findFirst();
        if (world.isEnding()) {
            onward.run();
        } else if (lost) {
            world.tell(BrokenRule.NO_LEDGER, () -> "lost: " + message);
        } else if (hold.isPresent()) {
            held.add(new Held(hold.get(), onward));
            world.tell(BrokenRule.NO_LEDGER, () -> "held: " + message);
        } else {
            onward.run();
        }
    }

    @Override
    public void hear(String line) {
        String story = inRoles(line);
        for (Transcript.Hold hold : transcript.holds()) {
            if (story.startsWith(hold.until()) && over.add(hold)) {
                release(hold);
            }
        }
        for (Transcript.Cue cue : transcript.cues()) {
            if (story.startsWith(cue.when()) && over.add(cue)) {
                world.after(cue.ticksLater(), () -> act(cue));
            }
        }
    }

    private void release(Transcript.Hold hold) {
        for (Held each : List.copyOf(held)) {
            if (each.hold.equals(hold)) {
                held.remove(each);
                each.onward.run();
            }
        }
    }

    /** From here on nothing is kept back. */
    void end() {
        transcript.holds().forEach(this::release);
    }

    private void act(Transcript.Cue cue) {
        world.tell(BrokenRule.NO_LEDGER, () -> "the director: " + cue.action() + " " + cue.object());
        switch (cue.action()) {
            case "append" -> stage.append();
            case "recover" -> stage.recover();
            case "kill" -> stage.kill(bookie(cue.object()));
            case "hide" -> stage.hide(bookie(cue.object()));
            case "show" -> stage.show(bookie(cue.object()));
            default -> throw new IllegalArgumentException("A transcript cannot have anybody " + cue.action());
        }
    }

    /** The text with e0 for the first member of the first ensemble and so on. */
    private String inRoles(String text) {
        return BOOKIE.matcher(text).replaceAll(found -> roleOf(new BookieId(found.group())));
    }

    private String roleOf(BookieId bookie) {
        cast();
        return members.contains(bookie)
                ? "e" + members.indexOf(bookie)
                : spares.contains(bookie) ? "s" + spares.indexOf(bookie) : bookie.value();
    }

    private BookieId bookie(String role) {
        int number = Integer.parseInt(role.substring(1));
        return role.startsWith("e") ? members.get(number) : spares.get(number);
    }

    /** Roles are given when the ledger is there. */
    private void cast() {
        if (members.isEmpty()) {
            members = metadata.stored(LEDGER)
                    .map(LedgerMetadata::lastFragment)
                    .map(fragment -> fragment.ensemble())
                    .orElse(List.of());
            spares = new ArrayList<>(members.isEmpty() ? List.of() : stage.bookies());
            spares.removeAll(members);
        }
    }
}
