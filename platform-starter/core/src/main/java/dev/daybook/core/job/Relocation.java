package dev.daybook.core.job;

import dev.daybook.protocol.model.BookieId;
import java.util.Optional;

/**
 * What a job wants of one ledger.
 *
 * @param from whose copies go
 * @param to who gets them; empty if placement decides
 */
public record Relocation(BookieId from, Optional<BookieId> to) {}
