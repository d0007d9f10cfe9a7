/** The HTTP API for operators: the reference's paths, our own below {@code /api/v1}, and the token for both. */
@NullMarked
package dev.daybook.boot.admin;

import org.jspecify.annotations.NullMarked;
