package dev.daybook.samples.quickstart;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.List;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** What a successful run has to tell. */
record Summary(
        String source, Written.Complete written, LedgerMetadata metadata, Fingerprint.Value read, long readNanos) {
    String text() {
        Fingerprint.Value fingerprint = written.fingerprint();
        StringBuilder out = new StringBuilder();
        row(out, "Input", source);
        row(out, "Ledger", written.ledger() + " at " + metadata.quorum());
        List<Fragment> fragments = metadata.fragments();
        row(out, "Bookies", ensemble(fragments.get(0)));
        for (Fragment changed : fragments.subList(1, fragments.size())) {
            row(out, "", ensemble(changed) + " from entry " + changed.firstEntryId());
        }
        written.timing().ifPresent(timing -> {
            row(out, "Written", size(fingerprint) + " in " + Text.seconds(timing.nanos()));
            row(out, "", Text.rate(fingerprint.lines(), fingerprint.bytes(), timing.nanos()));
            row(out, "Append latency", latencies(timing.latencies()));
        });
        row(out, "Read", size(read) + " in " + Text.seconds(readNanos));
        row(out, "", Text.rate(read.lines(), read.bytes(), readNanos));
        row(out, "SHA-256", fingerprint.sha256());
        row(out, "Verified", "line count and SHA-256 of the ledger match the input");
        return out.toString();
    }

    private static void row(StringBuilder out, String title, String value) {
        out.append(title).append(" ".repeat(16 - title.length())).append(value).append(System.lineSeparator());
    }

    private static String ensemble(Fragment fragment) {
        return fragment.ensemble().stream().map(BookieId::value).collect(Collectors.joining(", "));
    }

    private static String size(Fingerprint.Value value) {
        return Text.lines(value.lines()) + ", " + Text.number(value.bytes()) + " bytes";
    }

    private static String latencies(Histogram histogram) {
        if (histogram.getTotalCount() == 0) {
            return "none";
        }
        return "p50 " + Text.millis(histogram.getValueAtPercentile(50))
                + "  p95 " + Text.millis(histogram.getValueAtPercentile(95))
                + "  p99 " + Text.millis(histogram.getValueAtPercentile(99))
                + "  p99.9 " + Text.millis(histogram.getValueAtPercentile(99.9))
                + "  max " + Text.millis(histogram.getMaxValue());
    }
}
