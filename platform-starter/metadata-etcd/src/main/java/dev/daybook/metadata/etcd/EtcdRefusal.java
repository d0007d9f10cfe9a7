package dev.daybook.metadata.etcd;

import io.grpc.Status;

/** The service understood an operation and refused it. */
@SuppressWarnings("serial") // Never leaves this process.
final class EtcdRefusal extends RuntimeException {
    private final Status status;

    EtcdRefusal(Status status) {
        super(String.valueOf(status), null, false, false);
        this.status = status;
    }

    /** The lease that a key was to hang on, or that was to be kept alive, is no more. */
    boolean lacksLease() {
        return status.getCode() == Status.Code.NOT_FOUND;
    }
}
