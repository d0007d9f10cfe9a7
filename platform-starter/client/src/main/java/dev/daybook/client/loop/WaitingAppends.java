package dev.daybook.client.loop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Appends whose entries a core has taken and not ended. Belongs to the loop. */
sealed interface WaitingAppends {
    void add(long entryId, PendingAppend append);

    PendingAppend remove(long entryId);

    /** Those that began before that age, and were not marked as overdue before. */
    List<PendingAppend> olderThan(long ageNanos, long nowNanos);

    /** Takes out everything. */
    List<PendingAppend> removeAll();

    boolean isEmpty();

    /** Ids given by the core: begun, taken and ended in one order. */
    final class InOrder implements WaitingAppends {
        private final ArrayDeque<PendingAppend> appends = new ArrayDeque<>();

        @Override
        public void add(long entryId, PendingAppend append) {
            appends.add(append);
        }

        @Override
        public PendingAppend remove(long entryId) {
            return appends.remove();
        }

        @Override
        public List<PendingAppend> olderThan(long ageNanos, long nowNanos) {
            List<PendingAppend> older = new ArrayList<>();
            for (PendingAppend append : appends) {
                if (append.ageNanos(nowNanos) < ageNanos) {
                    break;
                }
                if (!append.isOverdue()) {
                    older.add(append);
                }
            }
            return older;
        }

        @Override
        public List<PendingAppend> removeAll() {
            List<PendingAppend> all = List.copyOf(appends);
            appends.clear();
            return all;
        }

        @Override
        public boolean isEmpty() {
            return appends.isEmpty();
        }
    }

    /** Ids chosen by the application, in any order. */
    final class ById implements WaitingAppends {
        private final Map<Long, PendingAppend> appends = new HashMap<>();

        @Override
        public void add(long entryId, PendingAppend append) {
            appends.put(entryId, append);
        }

        @Override
        public PendingAppend remove(long entryId) {
            return Objects.requireNonNull(appends.remove(entryId), "an entry ends once");
        }

        @Override
        public List<PendingAppend> olderThan(long ageNanos, long nowNanos) {
            return appends.values().stream()
                    .filter(append -> !append.isOverdue() && append.ageNanos(nowNanos) >= ageNanos)
                    .toList();
        }

        @Override
        public List<PendingAppend> removeAll() {
            List<PendingAppend> all = List.copyOf(appends.values());
            appends.clear();
            return all;
        }

        @Override
        public boolean isEmpty() {
            return appends.isEmpty();
        }
    }
}
