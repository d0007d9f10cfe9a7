@NullMarked
package dev.daybook.importer;

import org.jspecify.annotations.NullMarked;
