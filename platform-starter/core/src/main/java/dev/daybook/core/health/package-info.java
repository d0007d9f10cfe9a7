/** Opinions about bookies, formed from how they answer: who is doubtful, slow, or better left alone for a while. */
@NullMarked
package dev.daybook.core.health;

import org.jspecify.annotations.NullMarked;
