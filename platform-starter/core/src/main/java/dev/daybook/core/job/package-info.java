/** Emptying a bookie and evening out bookies, as jobs with a plan, progress, named blockers and an end. */
@NullMarked
package dev.daybook.core.job;

import org.jspecify.annotations.NullMarked;
