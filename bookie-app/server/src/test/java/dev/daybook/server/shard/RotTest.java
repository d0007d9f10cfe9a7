package dev.daybook.server.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.engine.request.Verdict;
import dev.daybook.storage.sim.SimDisk;
import dev.daybook.storage.sim.Survival;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Rot in every file of a bookie. The outcome is one of three: everything is served, the start is refused with a sentence,
 * or what was hit is unknown. Never wrong bytes, never a false negative, never a lost fence.
 *
 * <p>{@code -Ddaybook.rot.seed=N} replays the dice, {@code -Ddaybook.rot.thorough=true} hits every byte of every image in
 * all ways; otherwise every byte is hit in one way, and stretches of zeros and further images here and there.
 */
class RotTest {
    private static final boolean THOROUGH = Boolean.getBoolean("daybook.rot.thorough");
    private static final int BLOCK_BYTES = 4096;
    private static final int CACHE_BYTES = 100_000;

    private final long seed = Long.getLong("daybook.rot.seed", new Random().nextLong());
    private final Random dice = new Random(seed);
    private final Map<String, Integer> outcomes = new TreeMap<>();

    /** A bookie that does not run, what it has promised, and which entries a torn write can be taken for. */
    private record Image(String name, Machine machine, Promises promises, Set<Long> lastGroup) {}

    /** Changes a content. */
    private interface Damage {
        byte[] apply(byte[] content);
    }

    @Test
    void everyByteOfABookieThatWasStopped() throws IOException {
        everyByte(image("stopped"), THOROUGH ? 1 : 5);
    }

    @Test
    void everyByteOfABookieThatWasKilled() throws IOException {
        everyByte(image("killed"), 1);
    }

    @Test
    void everyByteOfABookieThatLostItsPower() throws IOException {
        everyByte(image("crashed"), THOROUGH ? 1 : 5);
    }

    @Test
    void blocksThatAreZeroedCutOffOrElsewhere() throws IOException {
        for (String name : List.of("stopped", "killed", "crashed")) {
            Image image = image(name);
            for (SimDisk disk : image.machine().disks()) {
                for (String file : disk.list()) {
                    byte[] content = disk.content(file);
                    for (int block = 0; block < content.length; block += BLOCK_BYTES) {
                        blockDamage(image, disk, file, block);
                    }
                }
            }
        }
        report();
    }

    /** All but the journal file in use, which nothing but its content tells from a copy of an hour ago. */
    @Test
    void anOlderCopyOfAFileThatIsPutBack() throws IOException {
        for (int entries = 1; entries < 24; entries++) {
            Machine machine = Machine.fresh(1, 1, SimDisk.Power.steady());
            Promises promises = new Promises();
            StepBookie bookie = StepBookie.start(machine, CACHE_BYTES);
            fill(bookie, promises, 0, entries);
            Machine older = machine.copy(SimDisk.Power.steady());
            fill(bookie, promises, entries, 24);
            endFill(bookie, promises);
            Image image = new Image("older", machine.copy(SimDisk.Power.steady()), promises, Set.of());
            for (int i = 0; i < machine.disks().size(); i++) {
                putBack(image, older.disks().get(i), image.machine().disks().get(i));
            }
        }
        report();
    }

    private void putBack(Image image, SimDisk older, SimDisk now) throws IOException {
        String inUse = now.list().stream()
                .filter(name -> name.endsWith(".journal"))
                .max(Comparator.naturalOrder())
                .orElse("");
        for (String file : older.list()) {
            byte[] copy = older.content(file);
            if (now.exists(file) && !file.equals(inUse)) {
                hit(image, now, file, "older copy", content -> copy);
            }
        }
    }

    private void blockDamage(Image image, SimDisk disk, String file, int block) throws IOException {
        hit(image, disk, file, "zeroed at " + block, content -> {
            byte[] zeroed = content.clone();
            Arrays.fill(zeroed, block, Math.min(block + BLOCK_BYTES, content.length), (byte) 0);
            return zeroed;
        });
        int end = block + dice.nextInt(BLOCK_BYTES);
        hit(image, disk, file, "cut off at " + block, content -> Arrays.copyOf(content, block));
        hit(image, disk, file, "cut off at " + end, content -> Arrays.copyOf(content, Math.min(end, content.length)));
        List<SimDisk> disks = image.machine().disks();
        SimDisk other = disks.get(dice.nextInt(disks.size()));
        String source = other.list().get(dice.nextInt(other.list().size()));
        byte[] foreign = other.content(source);
        int from = dice.nextInt(foreign.length / BLOCK_BYTES + 1) * BLOCK_BYTES;
        hit(image, disk, file, "block " + block + " is that at " + from + " of " + source, content -> {
            byte[] swapped = content.clone();
            int count = Math.min(BLOCK_BYTES, Math.min(foreign.length - from, content.length - block));
            System.arraycopy(foreign, from, swapped, block, Math.max(0, count));
            return swapped;
        });
    }

    private void everyByte(Image image, int stride) throws IOException {
        for (SimDisk disk : image.machine().disks()) {
            for (String file : disk.list()) {
                byte[] content = disk.content(file);
                for (int at = dice.nextInt(stride); at < content.length; at += stride) {
                    if (!THOROUGH && amongZeros(content, at) && at % 61 != 0) {
                        continue;
                    }
                    for (int way = THOROUGH ? 0 : dice.nextInt(3); way < 3; way += THOROUGH ? 1 : 3) {
                        byteDamage(image, disk, file, at, way);
                    }
                }
            }
        }
        report();
    }

    /** Most of a preallocated journal file is empty, and one such place is as good as another. */
    private static boolean amongZeros(byte[] content, int at) {
        for (int i = Math.max(0, at - 64); i < Math.min(content.length, at + 64); i++) {
            if (content[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private void byteDamage(Image image, SimDisk disk, String file, int at, int way) throws IOException {
        int bit = dice.nextInt(8);
        hit(image, disk, file, "byte " + at + ", way " + way + ", bit " + bit, content -> {
            byte[] damaged = content.clone();
            damaged[at] = switch (way) {
                case 0 -> (byte) (content[at] ^ (1 << bit));
                case 1 -> (byte) 0;
                default -> (byte) 0xff;
            };
            return damaged;
        });
    }

    private void hit(Image image, SimDisk disk, String file, String what, Damage damage) throws IOException {
        byte[] before = disk.content(file);
        byte[] after = damage.apply(before);
        if (Arrays.equals(before, after)) {
            return;
        }
        int index = image.machine().disks().indexOf(disk);
        Machine damaged = image.machine().fork(SimDisk.Power.steady());
        damaged.disks().get(index).replace(file, after);
        try {
            judge(image, damaged);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    image.name() + ", " + disk.path() + "/" + file + ": " + what + ", -Ddaybook.rot.seed=" + seed, e);
        }
    }

    private void judge(Image image, Machine damaged) {
        StepBookie bookie;
        try {
            bookie = StepBookie.start(damaged, CACHE_BYTES);
        } catch (IOException refusal) {
            assertThat(refusal.getMessage())
                    .as("a sentence with a way out")
                    .contains(": ")
                    .endsWith(".");
            count("refused");
            return;
        }
        image.promises().checkDamaged(bookie, image.lastGroup());
        count("started");
        if (dice.nextInt(16) == 0) {
            keepHouse(image, bookie);
        }
        if (dice.nextInt(16) == 0) {
            try {
                image.promises().checkDamaged(StepBookie.start(damaged, CACHE_BYTES), image.lastGroup());
            } catch (IOException refusal) {
                count("refused at the second start");
            }
        }
    }

    /** What is damaged must not become certain by being moved. */
    private void keepHouse(Image image, StepBookie bookie) {
        try {
            bookie.compact(3, 4);
            bookie.rebuild(0);
            bookie.reclaim();
        } catch (IOException stopped) {
            count("housekeeping stopped");
        }
        image.promises().checkDamaged(bookie, image.lastGroup());
    }

    private void count(String outcome) {
        outcomes.merge(outcome, 1, Integer::sum);
    }

    private void report() {
        System.out.println("rot: " + outcomes + ", seed: " + seed);
        assertThat(outcomes).containsKey("refused");
    }

    private static Image image(String name) throws IOException {
        Machine machine = Machine.fresh(1, 1, SimDisk.Power.steady());
        Promises promises = new Promises();
        StepBookie bookie = StepBookie.start(machine, CACHE_BYTES);
        fill(bookie, promises);
        if (name.equals("stopped")) {
            bookie.flush();
            return new Image(name, machine.copy(SimDisk.Power.steady()), promises, Set.of());
        }
        if (name.equals("killed")) {
            return new Image(name, machine.copy(SimDisk.Power.steady()), promises, Set.of());
        }
        // The note that the last group is synced is itself not synced, and lost: it may have been torn, for all we
        // know.
        List<SimDisk> found =
                machine.powerLoss().outcome(Survival.NOTHING, new Random(1)).disks(SimDisk.Power.steady());
        return new Image(name, new Machine(found.subList(0, 1), found.subList(1, 2)), promises, Set.of(100L, 101L));
    }

    /** Half of it in entry logs, half in the journal only, over several journal files; the last group has two entries. */
    private static void fill(StepBookie bookie, Promises promises) throws IOException {
        fill(bookie, promises, 0, 24);
        endFill(bookie, promises);
    }

    private static void fill(StepBookie bookie, Promises promises, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            add(bookie, promises, i % 3, i, 40 * (i % 5));
            bookie.commit();
            if (i == 8 || i == 12) {
                bookie.flush();
            }
        }
    }

    private static void endFill(StepBookie bookie, Promises promises) {
        bookie.read(1, 4, true, StepBookie.ticket(promises.ledger(1).fence(4)));
        byte[] lac = StepBookie.body(2, 3, 4, 1);
        bookie.writeLac(2, 3, lac, StepBookie.ticket(promises.ledger(2).writeLac(lac)));
        bookie.commit();
        add(bookie, promises, 0, 100, 200);
        add(bookie, promises, 2, 101, 5000);
        bookie.commit();
        List<Verdict> verdicts = new ArrayList<>();
        bookie.force(0, answer -> verdicts.add(answer.verdict()));
        bookie.commit();
        assertThat(verdicts).containsExactly(Verdict.OK);
    }

    private static void add(StepBookie bookie, Promises promises, long ledgerId, long entryId, int size) {
        byte[] body = StepBookie.body(ledgerId, entryId, size, 0);
        Told told = promises.ledger(ledgerId).add(entryId, body, false);
        bookie.add(ledgerId, entryId, body, false, false, StepBookie.ticket(told));
    }
}
