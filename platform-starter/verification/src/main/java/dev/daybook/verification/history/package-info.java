/** What clients asked for and what they were told, in the order in which it happened. */
@NullMarked
package dev.daybook.verification.history;

import org.jspecify.annotations.NullMarked;
