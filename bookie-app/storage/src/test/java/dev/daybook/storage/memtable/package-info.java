@NullMarked
package dev.daybook.storage.memtable;

import org.jspecify.annotations.NullMarked;
