/** Who may see what: login, throttling, headers. */
@NullMarked
package dev.daybook.console.security;

import org.jspecify.annotations.NullMarked;
