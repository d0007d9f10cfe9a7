package dev.daybook.console.usage;

import dev.daybook.client.admin.BookieUsage;

/** How asking a bookie for its usage ended. */
public sealed interface UsageAnswer {
    record Told(BookieUsage usage) implements UsageAnswer {}

    /** With one sentence for a person. */
    record Failed(String sentence) implements UsageAnswer {}
}
