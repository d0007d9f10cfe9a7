package dev.daybook.protocol.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What the metadata store says of one ledger. A change makes a new value; only a successful compare-and-swap makes it
 * true. Source: client protocol specification, section 2.
 *
 * @param formatVersion 1, 2 or 3; kept over every rewrite
 * @param credentials absent when the record carries no password; then opening needs them from elsewhere
 * @param end present exactly when the state is {@link LedgerState#CLOSED}
 * @param createdMillis milliseconds since the epoch, from the record itself or else from the store's own bookkeeping
 * @param creationToken the creator's random token (format 3); 0 after the first update
 * @param createdStored whether the record itself carries {@code createdMillis}; only then a rewrite may carry it too
 */
public record LedgerMetadata(
        int formatVersion,
        Quorum quorum,
        LedgerState state,
        List<Fragment> fragments,
        Optional<Credentials> credentials,
        Optional<End> end,
        OptionalLong createdMillis,
        Map<String, byte[]> custom,
        long creationToken,
        boolean createdStored) {

    /** The digest and password stored with the ledger. */
    public record Credentials(DigestType digest, LedgerPassword password) {}

    /** The immutable end of a closed ledger: last entry (-1 if it is empty) and sum of the payload bytes. */
    public record End(long lastEntryId, long length) {}

    public LedgerMetadata {
        if (formatVersion < 1 || formatVersion > 3) {
            throw new IllegalArgumentException("ledger metadata format must be 1, 2 or 3, was " + formatVersion);
        }
        if (end.isPresent() != (state == LedgerState.CLOSED)) {
            throw new IllegalArgumentException("a ledger has an end exactly when it is closed, state is " + state);
        }
        if (createdStored && createdMillis.isEmpty()) {
            throw new IllegalArgumentException("a stored creation time must be given");
        }
        fragments = List.copyOf(fragments);
        checkFragments(quorum, fragments);
        custom = copyOf(custom);
    }

    /** A record that carries its creation time if there is one. */
    public LedgerMetadata(
            int formatVersion,
            Quorum quorum,
            LedgerState state,
            List<Fragment> fragments,
            Optional<Credentials> credentials,
            Optional<End> end,
            OptionalLong createdMillis,
            Map<String, byte[]> custom,
            long creationToken) {
        this(
                formatVersion,
                quorum,
                state,
                fragments,
                credentials,
                end,
                createdMillis,
                custom,
                creationToken,
                createdMillis.isPresent());
    }

    private static void checkFragments(Quorum quorum, List<Fragment> fragments) {
        if (fragments.isEmpty()) {
            throw new IllegalArgumentException("a ledger has at least one fragment");
        }
        long previous = -1;
        for (Fragment fragment : fragments) {
            if (fragment.firstEntryId() <= previous) {
                throw new IllegalArgumentException(
                        "fragments must ascend, found " + fragment.firstEntryId() + " after " + previous);
            }
            if (fragment.ensemble().size() != quorum.ensemble()) {
                throw new IllegalArgumentException("the fragment at entry " + fragment.firstEntryId() + " has "
                        + fragment.ensemble().size() + " bookies, expected " + quorum.ensemble());
            }
            previous = fragment.firstEntryId();
        }
    }

    private static Map<String, byte[]> copyOf(Map<String, byte[]> custom) {
        Map<String, byte[]> copy = new TreeMap<>();
        custom.forEach((key, value) -> copy.put(key, value.clone()));
        return java.util.Collections.unmodifiableMap(copy);
    }

    /** A new open ledger in the newest format. */
    public static LedgerMetadata open(
            Quorum quorum, Fragment first, Credentials credentials, Map<String, byte[]> custom, long creationToken) {
        return new LedgerMetadata(
                3,
                quorum,
                LedgerState.OPEN,
                List.of(first),
                Optional.of(credentials),
                Optional.empty(),
                OptionalLong.empty(),
                custom,
                creationToken);
    }

    public Fragment lastFragment() {
        return fragments.get(fragments.size() - 1);
    }

    /** The fragment that stores the entry: the one with the largest first entry not above it. */
    public Fragment fragmentOf(long entryId) {
        for (int i = fragments.size() - 1; i >= 0; i--) {
            if (fragments.get(i).firstEntryId() <= entryId) {
                return fragments.get(i);
            }
        }
        return fragments.get(0);
    }

    public boolean isClosed() {
        return state == LedgerState.CLOSED;
    }

    /** @throws IllegalStateException unless the ledger is open */
    public LedgerMetadata inRecovery() {
        if (state != LedgerState.OPEN) {
            throw new IllegalStateException("only an open ledger goes into recovery, state is " + state);
        }
        return with(LedgerState.IN_RECOVERY, fragments, Optional.empty());
    }

    /** @throws IllegalStateException if the ledger is closed already: its end never changes */
    public LedgerMetadata closedAt(End newEnd) {
        if (state == LedgerState.CLOSED) {
            throw new IllegalStateException("a closed ledger never changes its end");
        }
        return with(LedgerState.CLOSED, fragments, Optional.of(newEnd));
    }

    /** Replaces the last fragment if it starts at the same entry, otherwise appends. */
    public LedgerMetadata withFragment(Fragment fragment) {
        List<Fragment> changed = new ArrayList<>(fragments);
        if (lastFragment().firstEntryId() == fragment.firstEntryId()) {
            changed.remove(changed.size() - 1);
        }
        changed.add(fragment);
        return withFragments(changed);
    }

    public LedgerMetadata withFragments(List<Fragment> changed) {
        return with(state, changed, end);
    }

    /** Every update writes token 0, as the peer does: the token only settles who created the record. */
    private LedgerMetadata with(LedgerState newState, List<Fragment> newFragments, Optional<End> newEnd) {
        return new LedgerMetadata(
                formatVersion,
                quorum,
                newState,
                newFragments,
                credentials,
                newEnd,
                createdMillis,
                custom,
                0L,
                createdStored);
    }

    /**
     * Compares what the record says: custom values by content, and a creation time only if it is part of the record, so
     * that a value read back equals the value that was written.
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof LedgerMetadata that
                && formatVersion == that.formatVersion
                && creationToken == that.creationToken
                && quorum.equals(that.quorum)
                && state == that.state
                && fragments.equals(that.fragments)
                && credentials.equals(that.credentials)
                && end.equals(that.end)
                && createdStored == that.createdStored
                && (!createdStored || createdMillis.equals(that.createdMillis))
                && sameCustom(custom, that.custom);
    }

    private static boolean sameCustom(Map<String, byte[]> left, Map<String, byte[]> right) {
        return left.keySet().equals(right.keySet())
                && left.entrySet().stream().allMatch(e -> Arrays.equals(e.getValue(), right.get(e.getKey())));
    }

    @Override
    public int hashCode() {
        return java.util.Objects.hash(formatVersion, quorum, state, fragments, end, custom.keySet());
    }
}
