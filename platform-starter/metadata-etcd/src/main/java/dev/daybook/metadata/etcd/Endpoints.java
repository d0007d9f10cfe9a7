package dev.daybook.metadata.etcd;

import dev.daybook.client.security.MetadataSecurity;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One channel for each member of the service, of which one is in use. Whoever finds it failing moves everybody on to the
 * next one. Channels connect when they are used. Thread-safe.
 */
final class Endpoints {
    /** A member that has lost its leader shall say so instead of answering from its own past. */
    private static final Metadata.Key<String> REQUIRE_LEADER =
            Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER);

    /** etcd cuts clients off that ping more often than every 5 s. */
    private static final long PING_SECONDS = 10;

    private static final long PING_ANSWER_SECONDS = 5;

    /** Room for a page of the listing, which is the largest answer. */
    private static final int ANSWER_BYTES_MAX = 16 * 1024 * 1024;

    /** Between attempts to connect. gRPC's own pauses grow to two minutes, long after the service is back. */
    private static final long RECONNECT_NANOS_MIN = TimeUnit.MILLISECONDS.toNanos(200);

    /** A channel, and who logs in through it. */
    private record Member(ManagedChannel channel, Optional<EtcdLogin> login) {}

    private final List<Member> members;
    private final AtomicInteger current = new AtomicInteger();
    private final AtomicLong reconnectedNanos = new AtomicLong(System.nanoTime());

    /** @throws IllegalArgumentException with one sentence if what is to secure the channels cannot be used */
    Endpoints(List<String> hosts, MetadataSecurity security, Executor executor) {
        ChannelCredentials credentials =
                security.tls().map(EtcdTls::credentials).orElseGet(InsecureChannelCredentials::create);
        this.members = hosts.stream()
                .map(host -> member(host, credentials, security.login().map(EtcdLogin::new), executor))
                .toList();
    }

    private static Member member(
            String host, ChannelCredentials credentials, Optional<EtcdLogin> login, Executor executor) {
        Metadata headers = new Metadata();
        headers.put(REQUIRE_LEADER, "true");
        NettyChannelBuilder builder = NettyChannelBuilder.forTarget("dns:///" + host, credentials)
                .executor(executor)
                .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
                // An attempt that may have arrived has to be known: nothing is sent again behind our back.
                .disableRetry()
                .keepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(PING_ANSWER_SECONDS, TimeUnit.SECONDS)
                .maxInboundMessageSize(ANSWER_BYTES_MAX);
        login.ifPresent(builder::intercept);
        return new Member(builder.build(), login);
    }

    ManagedChannel current() {
        return members.get(current.get()).channel();
    }

    /** Whether a call failed only because its login is over; the next one logs in again. */
    boolean loginIsOver(ManagedChannel channel, Status status) {
        return members.stream()
                .filter(member -> member.channel() == channel)
                .anyMatch(member ->
                        member.login().filter(login -> login.forgets(status)).isPresent());
    }

    /** Moves on to the next member, unless somebody did that already, and lets it connect without delay. */
    void failed(ManagedChannel channel) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).channel() == channel) {
                current.compareAndSet(i, (i + 1) % members.size());
            }
        }
        long now = System.nanoTime();
        long last = reconnectedNanos.get();
        if (now - last >= RECONNECT_NANOS_MIN && reconnectedNanos.compareAndSet(last, now)) {
            current().resetConnectBackoff();
        }
    }

    void close() {
        members.forEach(member -> member.channel().shutdownNow());
    }
}
