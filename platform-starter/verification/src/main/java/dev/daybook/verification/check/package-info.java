/** Judges of histories: each knows one rule and names the operations that broke it. */
@NullMarked
package dev.daybook.verification.check;

import org.jspecify.annotations.NullMarked;
