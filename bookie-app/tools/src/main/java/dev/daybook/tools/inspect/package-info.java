/** Shows what lies in a bookie's folders, record by record if asked for. */
@NullMarked
package dev.daybook.tools.inspect;

import org.jspecify.annotations.NullMarked;
