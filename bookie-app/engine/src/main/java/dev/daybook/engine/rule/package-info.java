/** What decision tables are made of. */
@NullMarked
package dev.daybook.engine.rule;

import org.jspecify.annotations.NullMarked;
