/** Carries a stopped Apache BookKeeper bookie over into the folders of a Daybook bookie of the same name. */
@NullMarked
package dev.daybook.importer;

import org.jspecify.annotations.NullMarked;
