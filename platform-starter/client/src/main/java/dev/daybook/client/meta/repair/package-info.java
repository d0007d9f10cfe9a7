/** Marks, locks and the election of the auditor as all metadata stores have them; a store says how it keeps them. */
@NullMarked
package dev.daybook.client.meta.repair;

import org.jspecify.annotations.NullMarked;
