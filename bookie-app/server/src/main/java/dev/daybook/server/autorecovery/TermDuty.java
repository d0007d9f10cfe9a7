package dev.daybook.server.autorecovery;

/** What else the auditor does during one term. */
interface TermDuty {
    TermDuty NONE = new TermDuty() {
        @Override
        public void start() {}

        @Override
        public void stop() {}
    };

    void start();

    /** The term has ended, or this process does. */
    void stop();
}
