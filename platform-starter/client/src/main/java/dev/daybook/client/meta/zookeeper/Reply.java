package dev.daybook.client.meta.zookeeper;

import java.util.Objects;
import org.apache.zookeeper.KeeperException.Code;
import org.jspecify.annotations.Nullable;

/**
 * What ZooKeeper answered.
 *
 * @param value present with code {@code OK} only
 * @param repeated whether an earlier attempt's answer was lost, so that the operation may have taken effect before the
 *     attempt that was answered
 */
record Reply<T>(Code code, @Nullable T value, boolean repeated) {
    boolean ok() {
        return code == Code.OK;
    }

    /** The value of a successful operation. */
    T get() {
        return Objects.requireNonNull(value, "only a successful reply has a value");
    }
}
