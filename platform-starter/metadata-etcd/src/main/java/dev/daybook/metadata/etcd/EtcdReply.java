package dev.daybook.metadata.etcd;

/**
 * What etcd answered.
 *
 * @param repeated whether an earlier attempt may have reached the service and its answer was lost, so that the operation
 *     may have taken effect before the attempt that was answered
 */
record EtcdReply<T>(T value, boolean repeated) {}
