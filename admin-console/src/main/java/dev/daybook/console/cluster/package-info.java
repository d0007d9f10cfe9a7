/** What the console knows of the cluster, how old that is, and the verdict over it. */
@NullMarked
package dev.daybook.console.cluster;

import org.jspecify.annotations.NullMarked;
