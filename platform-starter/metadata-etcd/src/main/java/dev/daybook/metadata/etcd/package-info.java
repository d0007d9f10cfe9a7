/** Keeps cluster metadata in etcd, below the keys that the reference's driver for etcd uses. */
@NullMarked
package dev.daybook.metadata.etcd;

import org.jspecify.annotations.NullMarked;
