/** What all roles of the program share: how they say that they are ready, and why they cannot be. */
@NullMarked
package dev.daybook.boot.role;

import org.jspecify.annotations.NullMarked;
