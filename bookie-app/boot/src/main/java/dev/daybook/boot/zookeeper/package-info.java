/** A single ZooKeeper server inside this program, for trying out, testing and small installations. */
@NullMarked
package dev.daybook.boot.zookeeper;

import org.jspecify.annotations.NullMarked;
