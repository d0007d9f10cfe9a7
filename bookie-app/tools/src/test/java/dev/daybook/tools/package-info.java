@NullMarked
package dev.daybook.tools;

import org.jspecify.annotations.NullMarked;
