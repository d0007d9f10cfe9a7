package dev.daybook.metadata.etcd;

import dev.daybook.client.meta.session.Stages;
import dev.daybook.client.security.MetadataSecurity.Login;
import io.etcd.jetcd.api.AuthGrpc;
import io.etcd.jetcd.api.AuthenticateRequest;
import io.etcd.jetcd.api.AuthenticateResponse;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Logs in to one member as a user of etcd's when the first call needs it, and sends the token that it gets with every call.
 * A token that the member knows no more is asked for anew. Thread-safe.
 */
final class EtcdLogin implements ClientInterceptor {
    private static final Metadata.Key<String> TOKEN = Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);

    /** How the member says that its users have changed since the token was given. */
    private static final String OLD_USERS = "revision of auth store is old";

    private static final long ANSWER_SECONDS_MAX = 5;

    private final Login login;
    private @Nullable CompletableFuture<String> token;

    EtcdLogin(Login login) {
        this.login = login;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        if (method.getServiceName() != null && method.getServiceName().equals(AuthGrpc.SERVICE_NAME)) {
            return next.newCall(method, options);
        }
        return next.newCall(method, options.withCallCredentials(new Credentials(next)));
    }

    /** Whether a call failed for its token only, which is forgotten then: with a new one it may succeed. */
    synchronized boolean forgets(Status status) {
        boolean stale = status.getCode() == Status.Code.UNAUTHENTICATED
                || String.valueOf(status.getDescription()).contains(OLD_USERS);
        if (stale) {
            token = null;
        }
        return stale;
    }

    private synchronized CompletableFuture<String> token(Channel channel) {
        CompletableFuture<String> present = token;
        if (present == null || present.isCompletedExceptionally()) {
            present = ask(channel);
            token = present;
        }
        return present;
    }

    private CompletableFuture<String> ask(Channel channel) {
        AuthenticateRequest request = AuthenticateRequest.newBuilder()
                .setName(login.user())
                .setPassword(new String(login.password().characters()))
                .build();
        CompletableFuture<String> answer = new CompletableFuture<>();
        AuthGrpc.newStub(channel)
                .withDeadlineAfter(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .authenticate(request, new StreamObserver<>() {
                    @Override
                    public void onNext(AuthenticateResponse response) {
                        answer.complete(response.getToken());
                    }

                    @Override
                    public void onError(Throwable failure) {
                        answer.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {
                        answer.completeExceptionally(
                                Status.UNAVAILABLE.withDescription("no token").asRuntimeException());
                    }
                });
        return answer;
    }

    /** A refusal is final; that nobody answered is not. */
    private static Status statusOf(Throwable failure) {
        Status status = Status.fromThrowable(failure);
        return status.getCode() == Status.Code.INVALID_ARGUMENT
                ? Status.PERMISSION_DENIED.withDescription(
                        status.getDescription() + "; check daybook.metadata.username and .password")
                : status;
    }

    private final class Credentials extends CallCredentials {
        private final Channel channel;

        Credentials(Channel channel) {
            this.channel = channel;
        }

        @Override
        public void applyRequestMetadata(RequestInfo request, Executor executor, MetadataApplier applier) {
            Stages.observe(token(channel), (given, failure) -> {
                if (failure == null) {
                    Metadata headers = new Metadata();
                    headers.put(TOKEN, given);
                    applier.apply(headers);
                } else {
                    applier.fail(statusOf(failure));
                }
            });
        }
    }
}
