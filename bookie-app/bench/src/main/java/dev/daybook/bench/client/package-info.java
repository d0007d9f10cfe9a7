/** Programs that load our client by itself, each in a process of its own. */
@NullMarked
package dev.daybook.bench.client;

import org.jspecify.annotations.NullMarked;
