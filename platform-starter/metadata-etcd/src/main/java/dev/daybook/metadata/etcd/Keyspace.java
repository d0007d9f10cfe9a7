package dev.daybook.metadata.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Operations on the keys of one cluster. Reads see everything that was written before they began, by whomever. */
final class Keyspace {
    /** Of keys that hang on no lease. */
    static final long NO_LEASE = 0;

    private final EtcdSession session;
    private final EtcdKeys keys;

    Keyspace(EtcdSession session) {
        this.session = session;
        this.keys = new EtcdKeys(session.uri().root());
    }

    EtcdSession session() {
        return session;
    }

    EtcdKeys keys() {
        return keys;
    }

    CompletableFuture<Optional<KeyValue>> get(String key) {
        return range(RangeRequest.newBuilder().setKey(bytes(key)).build())
                .thenApply(response -> response.getKvsList().stream().findFirst());
    }

    /** All keys that begin with the prefix. */
    CompletableFuture<List<KeyValue>> all(String prefix) {
        return range(RangeRequest.newBuilder()
                        .setKey(bytes(prefix))
                        .setRangeEnd(endOf(prefix))
                        .build())
                .thenApply(RangeResponse::getKvsList);
    }

    CompletableFuture<RangeResponse> range(RangeRequest request) {
        return session.<RangeResponse>call((channel, deadline, answer) ->
                        KVGrpc.newStub(channel).withDeadline(deadline).range(request, answer))
                .thenApply(EtcdReply::value);
    }

    CompletableFuture<EtcdReply<TxnResponse>> transact(TxnRequest request) {
        return session.call((channel, deadline, answer) ->
                KVGrpc.newStub(channel).withDeadline(deadline).txn(request, answer));
    }

    /** Writes the key unless it exists; an existing one is read. */
    CompletableFuture<EtcdReply<TxnResponse>> create(String key, byte[] value, long lease) {
        return transact(TxnRequest.newBuilder()
                .addCompare(absent(key))
                .addSuccess(put(key, value, lease))
                .addFailure(read(key))
                .build());
    }

    /** Writes the key if its last change is the expected one; otherwise it is read. */
    CompletableFuture<EtcdReply<TxnResponse>> replace(String key, byte[] value, long expectedVersion) {
        return transact(TxnRequest.newBuilder()
                .addCompare(unchanged(key, expectedVersion))
                .addSuccess(put(key, value, NO_LEASE))
                .addFailure(read(key))
                .build());
    }

    /** Removes the key if its last change is the expected one; otherwise it is read. */
    CompletableFuture<EtcdReply<TxnResponse>> remove(String key, long expectedVersion) {
        return transact(TxnRequest.newBuilder()
                .addCompare(unchanged(key, expectedVersion))
                .addSuccess(delete(key))
                .addFailure(read(key))
                .build());
    }

    /** What a transaction of this class that did not succeed has read. */
    static Optional<KeyValue> found(TxnResponse response) {
        return response.getResponses(0).getResponseRange().getKvsList().stream().findFirst();
    }

    static Compare absent(String key) {
        return created(key, 0);
    }

    /** The key still is the one that the transaction of this revision made. */
    static Compare created(String key, long revision) {
        return Compare.newBuilder()
                .setKey(bytes(key))
                .setTarget(Compare.CompareTarget.CREATE)
                .setResult(Compare.CompareResult.EQUAL)
                .setCreateRevision(revision)
                .build();
    }

    /** A key that does not exist has version 0, which therefore must not be taken for one that was expected. */
    static Compare unchanged(String key, long expectedVersion) {
        return Compare.newBuilder()
                .setKey(bytes(key))
                .setTarget(Compare.CompareTarget.MOD)
                .setResult(Compare.CompareResult.EQUAL)
                .setModRevision(expectedVersion > 0 ? expectedVersion : Long.MAX_VALUE)
                .build();
    }

    static RequestOp put(String key, byte[] value, long lease) {
        return RequestOp.newBuilder()
                .setRequestPut(PutRequest.newBuilder()
                        .setKey(bytes(key))
                        .setValue(ByteString.copyFrom(value))
                        .setLease(lease))
                .build();
    }

    static RequestOp delete(String key) {
        return RequestOp.newBuilder()
                .setRequestDeleteRange(DeleteRangeRequest.newBuilder().setKey(bytes(key)))
                .build();
    }

    static RequestOp read(String key) {
        return RequestOp.newBuilder()
                .setRequestRange(RangeRequest.newBuilder().setKey(bytes(key)))
                .build();
    }

    static ByteString bytes(String key) {
        return ByteString.copyFromUtf8(key);
    }

    /** Where the keys that begin with the prefix end; no UTF-8 text ends in the highest byte. */
    static ByteString endOf(String prefix) {
        byte[] end = bytes(prefix).toByteArray();
        end[end.length - 1]++;
        return ByteString.copyFrom(end);
    }

    static String text(KeyValue entry) {
        return entry.getKey().toStringUtf8();
    }
}
