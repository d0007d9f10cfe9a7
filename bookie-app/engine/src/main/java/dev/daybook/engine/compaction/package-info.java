/** When entry logs are rewritten without their dead entries, which of them, and how fast. Source: bookie specification, section 9.4. */
@NullMarked
package dev.daybook.engine.compaction;

import org.jspecify.annotations.NullMarked;
