/** How a client proves who it is and makes sure whom it talks to: TLS settings and authentication. */
@NullMarked
package dev.daybook.client.security;

import org.jspecify.annotations.NullMarked;
