/** The port to a directory of files, and its real implementation: the only place with file channels. */
@NullMarked
package dev.daybook.storage.disk;

import org.jspecify.annotations.NullMarked;
