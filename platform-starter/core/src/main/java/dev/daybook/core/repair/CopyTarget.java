package dev.daybook.core.repair;

import dev.daybook.protocol.model.BookieId;

/**
 * Who gets the copies of one position.
 *
 * @param bookie a new one, or the member itself if it stays and lacks some
 * @param stays then it is asked first which entries it lacks, and the metadata need not change
 */
record CopyTarget(int position, BookieId bookie, boolean stays) {}
