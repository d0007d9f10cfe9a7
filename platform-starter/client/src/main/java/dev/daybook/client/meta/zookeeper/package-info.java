/** Keeps cluster metadata in ZooKeeper, in the tree that other implementations of the protocol share. */
@NullMarked
package dev.daybook.client.meta.zookeeper;

import org.jspecify.annotations.NullMarked;
