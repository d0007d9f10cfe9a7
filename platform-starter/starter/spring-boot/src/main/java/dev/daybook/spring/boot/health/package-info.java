/** Health of the ledger client. */
@NullMarked
package dev.daybook.spring.boot.health;

import org.jspecify.annotations.NullMarked;
