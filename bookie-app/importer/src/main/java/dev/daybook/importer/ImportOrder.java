package dev.daybook.importer;

import dev.daybook.importer.source.SourceFolders;
import dev.daybook.server.identity.BookieFolders;

/**
 * What to import and where to.
 *
 * @param to folders of the new bookie, empty or with an unfinished import of the same source
 * @param dryRun read and check everything, write nothing
 * @param skipDamaged complete the import although entries cannot be read; their ledgers are marked, so that the new
 *     bookie never denies an entry of them
 * @param cacheBytes memory for entries on their way
 */
public record ImportOrder(SourceFolders from, BookieFolders to, boolean dryRun, boolean skipDamaged, long cacheBytes) {}
