package dev.daybook.metrics.micrometer;

import dev.daybook.metrics.BookieMetrics;
import dev.daybook.metrics.MeterNames;
import dev.daybook.metrics.RequestKind;
import dev.daybook.metrics.RequestStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Records a bookie's work in a Micrometer registry. Several bookies in one registry need different tags. */
public final class MicrometerBookieMetrics implements BookieMetrics {
    private final Meters meters;
    private final RequestTimers requests;
    private final EnumTable<RequestKind, Counter> requestPayload;
    private final Counter rejectedFrames;
    private final Timer journalSync;
    private final Counter journalWritten;
    private final Counter journalEntries;
    private final Timer flush;
    private final Counter flushed;
    private final ReclamationMeters reclamation;
    private final ScrubMeters scrub;
    private final RefillMeters refill;

    private final LongAdder bytesInFlight = new LongAdder();
    private final LongAdder connections = new LongAdder();
    private final AtomicLong writeCacheBytes = new AtomicLong();
    private final AtomicLong journalReplayBytes = new AtomicLong();
    private final AtomicLong entryLogFiles = new AtomicLong();
    private final AtomicLong entryLogBytes = new AtomicLong();
    private final AtomicLong readOnly = new AtomicLong();
    private final ConcurrentMap<String, DiskSpace> disks = new ConcurrentHashMap<>();

    /** @param tags added to every meter, for example the bookie id where one process runs several */
    public MicrometerBookieMetrics(MeterRegistry registry, Iterable<Tag> tags) {
        meters = new Meters(registry, tags);
        requests = new RequestTimers(meters);
        requestPayload = new EnumTable<>(
                RequestKind.class,
                kind -> meters.bytesCounter(
                        MeterNames.BOOKIE_REQUEST_PAYLOAD,
                        "Entries received or sent with requests that succeeded",
                        MeterNames.OPERATION,
                        kind.tag()));
        rejectedFrames =
                meters.counter(MeterNames.BOOKIE_REJECTED_FRAMES, "Frames that broke the protocol or the size limit");
        journalSync = meters.timer(MeterNames.BOOKIE_JOURNAL_SYNC, "Forced writes of the journal");
        journalWritten = meters.bytesCounter(MeterNames.BOOKIE_JOURNAL_WRITTEN, "Journal bytes forced to disk");
        journalEntries = meters.counter(MeterNames.BOOKIE_JOURNAL_ENTRIES, "Entries forced to disk");
        flush = meters.timer(MeterNames.BOOKIE_FLUSH, "Flushes of the write cache");
        flushed = meters.bytesCounter(MeterNames.BOOKIE_FLUSHED, "Entries flushed from the write cache");
        reclamation = new ReclamationMeters(meters);
        scrub = new ScrubMeters(meters);
        refill = new RefillMeters(meters);
        registerGauges();
    }

    private void registerGauges() {
        meters.bytesGauge(MeterNames.BOOKIE_IN_FLIGHT, "Entries accepted and not answered", bytesInFlight::sum);
        meters.gauge(MeterNames.BOOKIE_CONNECTIONS, "Open client connections", connections::sum);
        meters.bytesGauge(MeterNames.BOOKIE_WRITE_CACHE, "Entries that wait in the write cache", writeCacheBytes::get);
        meters.bytesGauge(
                MeterNames.BOOKIE_JOURNAL_REPLAY, "Journal that a restart would replay", journalReplayBytes::get);
        meters.gauge(MeterNames.BOOKIE_ENTRY_LOGS, "Entry log files", entryLogFiles::get);
        meters.bytesGauge(MeterNames.BOOKIE_ENTRY_LOG_SIZE, "Entry log files together", entryLogBytes::get);
        meters.gauge(MeterNames.BOOKIE_READ_ONLY, "1 while the bookie refuses adds", readOnly::get);
    }

    @Override
    public void requestCompleted(RequestKind kind, RequestStatus status, long nanos, long bytes) {
        requests.of(kind, status).record(nanos, TimeUnit.NANOSECONDS);
        if (bytes > 0 && status == RequestStatus.OK) {
            requestPayload.of(kind).increment((double) bytes);
        }
    }

    @Override
    public void bytesInFlightChanged(long delta) {
        bytesInFlight.add(delta);
    }

    @Override
    public void connectionsChanged(int delta) {
        connections.add(delta);
    }

    @Override
    public void frameRejected() {
        rejectedFrames.increment();
    }

    @Override
    public void journalSynced(long nanos, long bytes, int entries) {
        journalSync.record(nanos, TimeUnit.NANOSECONDS);
        journalWritten.increment((double) bytes);
        journalEntries.increment(entries);
    }

    @Override
    public void flushCompleted(long nanos, long bytes) {
        flush.record(nanos, TimeUnit.NANOSECONDS);
        flushed.increment((double) bytes);
    }

    @Override
    public void writeCacheBytes(long bytes) {
        writeCacheBytes.set(bytes);
    }

    @Override
    public void journalReplayBytes(long bytes) {
        journalReplayBytes.set(bytes);
    }

    @Override
    public void entryLogs(long files, long bytes) {
        entryLogFiles.set(files);
        entryLogBytes.set(bytes);
    }

    @Override
    public void garbageCollected(long ledgers) {
        reclamation.collected(ledgers);
    }

    @Override
    public void spaceReclaimed(long bytes) {
        reclamation.reclaimed(bytes);
    }

    @Override
    public void compactionCopied(long bytes) {
        reclamation.copied(bytes);
    }

    @Override
    public void entryLogsByLiveShare(long[] logs) {
        reclamation.logsByLiveShare(logs);
    }

    @Override
    public void scrubCompleted(long bytes, long damagedPlaces, long unreadableLedgers) {
        scrub.completed(bytes, damagedPlaces, unreadableLedgers);
    }

    @Override
    public void limbo(long ledgers, long stuck) {
        refill.limbo(ledgers, stuck);
    }

    @Override
    public void refilled(long ledgers, long entries, long bytes) {
        refill.refilled(ledgers, entries, bytes);
    }

    @Override
    public void readOnly(boolean nowReadOnly) {
        readOnly.set(nowReadOnly ? 1 : 0);
    }

    @Override
    public void diskUsage(String directory, long totalBytes, long freeBytes) {
        DiskSpace space = disks.computeIfAbsent(directory, this::registerDisk);
        space.total.set(totalBytes);
        space.free.set(freeBytes);
    }

    private DiskSpace registerDisk(String directory) {
        DiskSpace space = new DiskSpace(new AtomicLong(), new AtomicLong());
        meters.bytesGauge(
                MeterNames.BOOKIE_DISK_TOTAL, "Size of the volume", space.total::get, MeterNames.DIRECTORY, directory);
        meters.bytesGauge(
                MeterNames.BOOKIE_DISK_FREE,
                "Free space of the volume",
                space.free::get,
                MeterNames.DIRECTORY,
                directory);
        return space;
    }

    private record DiskSpace(AtomicLong total, AtomicLong free) {}
}
