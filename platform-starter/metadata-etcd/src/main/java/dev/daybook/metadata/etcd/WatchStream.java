package dev.daybook.metadata.etcd;

import io.etcd.jetcd.api.WatchCancelRequest;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one stream on which all watches of a session are multiplexed. When it breaks, every watch on it is told once that
 * it is lost, and asks again. All state belongs to the session's loop.
 */
final class WatchStream {
    private static final Logger LOG = LoggerFactory.getLogger(WatchStream.class);

    /** What asks for a watch. */
    interface Watch {
        void onEvents(WatchResponse response);

        /** The watch has ended: the connection broke, or the service has forgotten what it asked for. */
        void onWatchLost();
    }

    private final EtcdSession session;
    private @Nullable Connection connection;

    WatchStream(EtcdSession session) {
        this.session = session;
    }

    /** Tells the watch of everything from the revision on that the request names. */
    void open(Watch watch, WatchCreateRequest request) {
        Connection present = connection;
        if (present == null) {
            present = new Connection(session.endpoints().current());
            connection = present;
            present.start();
        }
        present.create(watch, request);
    }

    /** The watch hears nothing more. */
    void cancel(Watch watch) {
        if (connection != null) {
            connection.cancel(watch);
        }
    }

    /** One life of the stream. The service answers creations in the order of their requests. */
    private final class Connection implements StreamObserver<WatchResponse> {
        private final ManagedChannel channel;
        private final Queue<Watch> created = new ArrayDeque<>();
        private final Map<Long, Watch> watches = new HashMap<>();
        private @Nullable StreamObserver<WatchRequest> requests;

        Connection(ManagedChannel channel) {
            this.channel = channel;
        }

        void start() {
            requests = WatchGrpc.newStub(channel).watch(this);
        }

        void create(Watch watch, WatchCreateRequest request) {
            created.add(watch);
            send(WatchRequest.newBuilder().setCreateRequest(request).build());
        }

        void cancel(Watch watch) {
            watches.forEach((id, present) -> {
                if (present == watch) {
                    send(WatchRequest.newBuilder()
                            .setCancelRequest(WatchCancelRequest.newBuilder().setWatchId(id))
                            .build());
                }
            });
            watches.values().remove(watch);
        }

        private void send(WatchRequest request) {
            StreamObserver<WatchRequest> open = requests;
            if (open != null) {
                open.onNext(request);
            }
        }

        @Override
        public void onNext(WatchResponse response) {
            Watch watch;
            if (response.getCreated()) {
                watch = created.remove();
                watches.put(response.getWatchId(), watch);
            } else {
                watch = watches.get(response.getWatchId());
            }
            if (watch == null) {
                return; // Cancelled by us while this was on its way.
            }
            if (response.getCreated() && response.getCanceled()) {
                // What the stream once logged in as does not count any more: a new one logs in again.
                LOG.debug("The metadata service refused a watch: {}.", response.getCancelReason());
                session.endpoints().loginIsOver(channel, Status.UNAUTHENTICATED);
                giveUp();
            } else if (response.getCanceled()) {
                watches.remove(response.getWatchId());
                LOG.debug("The metadata service ended a watch: {}.", response.getCancelReason());
                watch.onWatchLost();
            } else if (response.getEventsCount() > 0) {
                watch.onEvents(response);
            }
        }

        @Override
        public void onError(Throwable failure) {
            LOG.debug("The stream of changes broke.", failure);
            session.endpoints().failed(channel);
            end();
        }

        @Override
        public void onCompleted() {
            end();
        }

        private void giveUp() {
            StreamObserver<WatchRequest> open = requests;
            end();
            if (open != null) {
                open.onCompleted();
            }
        }

        private void end() {
            if (connection != this) {
                return;
            }
            connection = null;
            requests = null;
            List<Watch> lost = new ArrayList<>(created);
            lost.addAll(watches.values());
            lost.forEach(Watch::onWatchLost);
        }
    }
}
