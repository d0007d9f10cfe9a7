/** Auto-configuration of the ledger client for Spring Boot. */
@NullMarked
package dev.daybook.spring.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;
