package dev.daybook.server.autorecovery;

/** What else the auditor does during one term. */
interface TermDuty {
    TermDuty NONE = new TermDuty() {
        @Override
        public void start() {}

        @Override
        public void stop() {}
    };

    /** Two, which end in the opposite order. */
    static TermDuty both(TermDuty one, TermDuty other) {
        return new TermDuty() {
            @Override
            public void start() {
                one.start();
                other.start();
            }

            @Override
            public void stop() {
                other.stop();
                one.stop();
            }
        };
    }

    void start();

    /** The term has ended, or this process does. */
    void stop();

    /** Makes the duty of a term. */
    interface Assignment {
        /** @param office whose term it is */
        TermDuty of(long term, AuditorOffice office);
    }
}
