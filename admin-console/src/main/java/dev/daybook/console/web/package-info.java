/** The pages. */
@NullMarked
package dev.daybook.console.web;

import org.jspecify.annotations.NullMarked;
