/** Ledgers without a cluster, for the tests of applications. */
@NullMarked
package dev.daybook.testsupport;

import org.jspecify.annotations.NullMarked;
