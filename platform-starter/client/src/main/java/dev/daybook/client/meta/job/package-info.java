/** Jobs and wishes for bookies as records, above whatever metadata service keeps them. */
@NullMarked
package dev.daybook.client.meta.job;

import org.jspecify.annotations.NullMarked;
