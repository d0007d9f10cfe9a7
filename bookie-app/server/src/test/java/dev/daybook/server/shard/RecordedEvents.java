package dev.daybook.server.shard;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what the bookie told. */
final class RecordedEvents implements BookieEvents {
    final List<String> fatal = new CopyOnWriteArrayList<>();
    final List<String> diskFull = new CopyOnWriteArrayList<>();
    final List<String> diskUsable = new CopyOnWriteArrayList<>();

    @Override
    public void onFatal(String reason) {
        fatal.add(reason);
    }

    @Override
    public void onDiskFull(String reason) {
        diskFull.add(reason);
    }

    @Override
    public void onDiskUsable() {
        diskUsable.add("usable");
    }
}
