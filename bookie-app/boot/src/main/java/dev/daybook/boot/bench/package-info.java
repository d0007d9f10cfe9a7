/** Measures a cluster with this project's client; works against any cluster that speaks the protocol. */
@NullMarked
package dev.daybook.boot.bench;

import org.jspecify.annotations.NullMarked;
