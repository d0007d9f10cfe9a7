/** The ledger client: what an application sees. */
@NullMarked
package dev.daybook.client;

import org.jspecify.annotations.NullMarked;
