/** The bookie role as a Spring Boot application. */
@NullMarked
package dev.daybook.boot.bookie;

import org.jspecify.annotations.NullMarked;
