/** What all parts of the storage share. */
@NullMarked
package dev.daybook.storage;

import org.jspecify.annotations.NullMarked;
