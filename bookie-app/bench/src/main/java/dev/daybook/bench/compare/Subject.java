package dev.daybook.bench.compare;

/** What is measured. The reference comes with two tunings, since each is better in some rows. */
enum Subject {
    DAYBOOK("daybook", "Daybook"),
    THROUGHPUT("bookkeeper-throughput", "BookKeeper, throughput tuning"),
    LATENCY("bookkeeper-latency", "BookKeeper, latency tuning");

    private final String id;
    private final String title;

    Subject(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /** In file names, options and results. */
    String id() {
        return id;
    }

    String title() {
        return title;
    }

    static Subject of(String id) {
        for (Subject subject : values()) {
            if (subject.id.equals(id)) {
                return subject;
            }
        }
        throw new IllegalArgumentException("There is no \"" + id + "\" to measure.");
    }
}
