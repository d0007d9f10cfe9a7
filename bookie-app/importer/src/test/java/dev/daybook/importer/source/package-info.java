@NullMarked
package dev.daybook.importer.source;

import org.jspecify.annotations.NullMarked;
