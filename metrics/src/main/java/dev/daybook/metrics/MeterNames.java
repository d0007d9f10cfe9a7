package dev.daybook.metrics;

/**
 * Every meter of Daybook. The names are a contract with dashboards and alert rules: they change only with a note in the
 * change log. Units are base units of the meters, so Prometheus shows {@code daybook.client.pending} as
 * {@code daybook_client_pending_bytes} and {@code daybook.client.add} as {@code daybook_client_add_seconds_count},
 * {@code _sum} and {@code _max}.
 */
public final class MeterNames {
    /** Timer, tag {@link #OUTCOME}: appends, from the application's call to the completion. */
    public static final String CLIENT_ADD = "daybook.client.add";

    /** Counter, bytes: payload that an ack quorum has. */
    public static final String CLIENT_WRITTEN = "daybook.client.written";

    /** Timer, tag {@link #OUTCOME}: reads of single entries. */
    public static final String CLIENT_READ = "daybook.client.read";

    /** Counter, bytes: payload read and verified. */
    public static final String CLIENT_READ_PAYLOAD = "daybook.client.read.payload";

    /** Gauge, bytes: payload submitted and not acknowledged. */
    public static final String CLIENT_PENDING = "daybook.client.pending";

    /** Counter: ensembles replaced in the metadata store. */
    public static final String CLIENT_ENSEMBLE_CHANGES = "daybook.client.ensemble.changes";

    /** Counter, tag {@link #REASON}: requests to bookies that failed. */
    public static final String CLIENT_BOOKIE_FAILURES = "daybook.client.bookie.failures";

    /** Counter: reads sent to a second replica because the first was slow. */
    public static final String CLIENT_SPECULATIVE_READS = "daybook.client.speculative.reads";

    /** Counter: reads that such a replica answered first. */
    public static final String CLIENT_SPECULATIVE_READS_WON = "daybook.client.speculative.reads.won";

    /** Gauge: bookies that are avoided because they failed. */
    public static final String CLIENT_QUARANTINED = "daybook.client.quarantined.bookies";

    /** Counter: bad copies marked for repair in the metadata store. */
    public static final String CLIENT_REPAIR_HINTS = "daybook.client.repair.hints";

    /** Timer, tags {@link #OPERATION} and {@link #STATUS}: requests answered. */
    public static final String BOOKIE_REQUESTS = "daybook.bookie.requests";

    /** Counter, bytes, tag {@link #OPERATION}: entries received or sent with requests that succeeded. */
    public static final String BOOKIE_REQUEST_PAYLOAD = "daybook.bookie.request.payload";

    /** Gauge, bytes: entries accepted and not answered. */
    public static final String BOOKIE_IN_FLIGHT = "daybook.bookie.inflight";

    /** Gauge: open client connections. */
    public static final String BOOKIE_CONNECTIONS = "daybook.bookie.connections";

    /** Counter: frames that broke the protocol or the size limit. */
    public static final String BOOKIE_REJECTED_FRAMES = "daybook.bookie.rejected.frames";

    /** Timer: forced writes of the journal. */
    public static final String BOOKIE_JOURNAL_SYNC = "daybook.bookie.journal.sync";

    /** Counter, bytes: journal bytes forced to disk. */
    public static final String BOOKIE_JOURNAL_WRITTEN = "daybook.bookie.journal.written";

    /** Counter: entries forced to disk; divided by the syncs it is the size of a commit group. */
    public static final String BOOKIE_JOURNAL_ENTRIES = "daybook.bookie.journal.entries";

    /** Gauge, bytes: what a restart would replay. */
    public static final String BOOKIE_JOURNAL_REPLAY = "daybook.bookie.journal.replay";

    /** Timer: flushes of the write cache. */
    public static final String BOOKIE_FLUSH = "daybook.bookie.flush";

    /** Counter, bytes: entries flushed. */
    public static final String BOOKIE_FLUSHED = "daybook.bookie.flushed";

    /** Gauge, bytes: entries that wait in the write cache. */
    public static final String BOOKIE_WRITE_CACHE = "daybook.bookie.write.cache";

    /** Gauge: entry log files. */
    public static final String BOOKIE_ENTRY_LOGS = "daybook.bookie.entry.logs";

    /** Gauge, bytes: entry log files together. */
    public static final String BOOKIE_ENTRY_LOG_SIZE = "daybook.bookie.entry.log.size";

    /** Gauge, seconds: since a pass of garbage collection last came to its end, or since the start. */
    public static final String BOOKIE_GARBAGE_AGE = "daybook.bookie.gc.age";

    /** Counter: ledgers deleted here because they do not exist any more or belong elsewhere. */
    public static final String BOOKIE_GARBAGE_LEDGERS = "daybook.bookie.gc.ledgers";

    /** Counter, bytes: entry logs deleted. */
    public static final String BOOKIE_RECLAIMED = "daybook.bookie.gc.reclaimed";

    /** Counter, bytes: live entries copied by compaction. */
    public static final String BOOKIE_COMPACTION_COPIED = "daybook.bookie.compaction.copied";

    /** Gauge, tag {@link #LIVE}: finished entry logs by live share. */
    public static final String BOOKIE_LOGS_BY_LIVE_SHARE = "daybook.bookie.entry.logs.live";

    /** Counter, bytes: read back by scrubbing. */
    public static final String BOOKIE_SCRUBBED = "daybook.bookie.scrub.read";

    /** Gauge, seconds: since a scrub round last came to its end, or since the start. */
    public static final String BOOKIE_SCRUB_AGE = "daybook.bookie.scrub.age";

    /** Gauge: damaged places that the last scrub round found. */
    public static final String BOOKIE_DAMAGED_PLACES = "daybook.bookie.scrub.damaged";

    /** Gauge: ledgers of which the last scrub round could not read entries. */
    public static final String BOOKIE_UNREADABLE_LEDGERS = "daybook.bookie.scrub.ledgers";

    /** Gauge: ledgers that may lack entries here, of which nothing is denied. */
    public static final String BOOKIE_LIMBO = "daybook.bookie.limbo.ledgers";

    /** Gauge: those of them that could not be filled from other bookies at the last attempt. */
    public static final String BOOKIE_LIMBO_STUCK = "daybook.bookie.limbo.stuck";

    /** Counter: ledgers that were filled from other bookies and are complete again. */
    public static final String BOOKIE_REFILLED = "daybook.bookie.refill.ledgers";

    /** Counter: entries copied here for that. */
    public static final String BOOKIE_REFILL_ENTRIES = "daybook.bookie.refill.entries";

    /** Counter, bytes: payload of these entries. */
    public static final String BOOKIE_REFILL_COPIED = "daybook.bookie.refill.copied";

    /** Gauge: 1 while the bookie refuses adds, otherwise 0. */
    public static final String BOOKIE_READ_ONLY = "daybook.bookie.read.only";

    /** Gauge, bytes, tag {@link #DIRECTORY}: size of the volume. */
    public static final String BOOKIE_DISK_TOTAL = "daybook.bookie.disk.total";

    /** Gauge, bytes, tag {@link #DIRECTORY}: free space of the volume. */
    public static final String BOOKIE_DISK_FREE = "daybook.bookie.disk.free";

    /** Gauge, tag {@link #PHASE}: marked ledgers that the worker knows. */
    public static final String RECOVERY_LEDGERS = "daybook.autorecovery.ledgers";

    /** Timer: repairs that found or made a ledger whole. */
    public static final String RECOVERY_REPAIRS = "daybook.autorecovery.repairs";

    /** Counter, tag {@link #REASON}: reasons why repairs left copies missing. */
    public static final String RECOVERY_STALLS = "daybook.autorecovery.stalls";

    /** Counter: entries copied by repairs, each once per bookie that got it. */
    public static final String RECOVERY_COPIES = "daybook.autorecovery.copies";

    /** Counter, bytes: payload of these copies. */
    public static final String RECOVERY_COPIED = "daybook.autorecovery.copied";

    /** Counter: marks that the auditor wrote. */
    public static final String RECOVERY_MARKED = "daybook.autorecovery.marked";

    /** Gauge: 1 while this process is the auditor, otherwise 0; over the cluster the sum is 1. */
    public static final String RECOVERY_AUDITOR = "daybook.autorecovery.auditor";

    /** Gauge: bookies that are away and may come back before their ledgers are marked. */
    public static final String RECOVERY_AWAITED = "daybook.autorecovery.awaited.bookies";

    /** Timer, tags {@link #SEARCH} and {@link #COMPLETE}: searches of the auditor through all ledgers. */
    public static final String RECOVERY_SEARCHES = "daybook.autorecovery.searches";

    /** Gauge, tag {@link #ADHERENCE}: closed ledgers whose ensembles do not quite keep to the placement policy. */
    public static final String RECOVERY_MISPLACED = "daybook.autorecovery.misplaced.ledgers";

    /** Tag: how it stands with a marked ledger, see {@link RepairPhase}. */
    public static final String PHASE = "phase";

    /** Tag: what a search looks for, {@code lost_bookies}, {@code missing_copies} or {@code placement}. */
    public static final String SEARCH = "search";

    /** Tag: {@code true} if a search looked at all ledgers. */
    public static final String COMPLETE = "complete";

    /** Tag: {@code fails} or {@code soft}. */
    public static final String ADHERENCE = "adherence";

    /** Tag: how a call of the client ended, see {@link CallOutcome}. */
    public static final String OUTCOME = "outcome";

    /** Tag: why a bookie failed, see {@link BookieFailure}. */
    public static final String REASON = "reason";

    /** Tag: what was asked of a bookie, see {@link RequestKind}. */
    public static final String OPERATION = "operation";

    /** Tag: what a bookie answered, see {@link RequestStatus}. */
    public static final String STATUS = "status";

    /** Tag: path of a journal or ledger directory. */
    public static final String DIRECTORY = "directory";

    /** Tag: the largest live share that is counted here, {@code 0.1} to {@code 1.0}. */
    public static final String LIVE = "live";

    private MeterNames() {}
}
