package dev.daybook.samples.quickstart;

/** How a run ended. The exit code of a failed start is 1 and comes from Spring Boot. */
sealed interface Outcome {
    int exitCode();

    /** The ledger holds the input, byte for byte. */
    record Verified(Summary summary) implements Outcome {
        @Override
        public int exitCode() {
            return 0;
        }
    }

    /** The options or the input cannot be used. */
    record BadInput(String sentence) implements Outcome {
        @Override
        public int exitCode() {
            return 2;
        }
    }

    /** Writing or reading failed. */
    record LedgerFailed(String sentence) implements Outcome {
        @Override
        public int exitCode() {
            return 3;
        }
    }

    /** What was read is not what was written. */
    record Differs(String sentence) implements Outcome {
        @Override
        public int exitCode() {
            return 4;
        }
    }
}
