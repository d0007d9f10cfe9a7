package dev.daybook.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.protocol.model.BookieId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private static final InetAddress OUTSIDE = address(10, 0, 0, 7);
    private static final InetAddress LOOPBACK = address(127, 0, 0, 1);

    @Test
    void theNameIsTheAddressAndThePort() {
        Identity identity = known(config("", "", false), OUTSIDE);
        assertThat(identity.id()).isEqualTo(new BookieId("10.0.0.7:3181"));
        assertThat(identity.host()).isEqualTo("10.0.0.7");
    }

    @Test
    void theAdvertisedAddressComesBeforeTheFoundOne() {
        Identity identity = known(config("", "b1.example", false), OUTSIDE);
        assertThat(identity.id()).isEqualTo(new BookieId("b1.example:3181"));
        assertThat(identity.candidates()).contains(new BookieId("b1.example:3181"), new BookieId("10.0.0.7:3181"));
    }

    @Test
    void anExplicitNameIsTheOnlyCandidate() {
        Identity identity = known(config("store-1", "b1.example", false), OUTSIDE);
        assertThat(identity.candidates()).containsExactly(new BookieId("store-1"));
        assertThat(identity.host()).isEqualTo("b1.example");
    }

    @Test
    void aLoopbackAddressMustBeGivenOrAllowed() {
        assertThat(refused(config("", "", false), LOOPBACK)).contains("--advertised-address", "127.0.0.1");
        assertThat(known(config("", "", true), LOOPBACK).id()).isEqualTo(new BookieId("127.0.0.1:3181"));
        assertThat(known(config("", "127.0.0.1", false), OUTSIDE).id()).isEqualTo(new BookieId("127.0.0.1:3181"));
    }

    @Test
    void aNameOutsideTheAlphabetIsRefusedWithTheFlagThatHasIt() {
        assertThat(refused(config("a b", "", false), OUTSIDE)).contains("--bookie-id", "\"a b\"");
        assertThat(refused(config("ReadOnly", "", false), OUTSIDE)).contains("readonly");
        assertThat(refused(config("", "a/b", false), OUTSIDE)).contains("--advertised-address");
    }

    private static Identity known(IdentityConfig config, InetAddress own) {
        return ((Identity.Outcome.Known) Identity.of(config, 3181, own)).identity();
    }

    private static String refused(IdentityConfig config, InetAddress own) {
        return ((Identity.Outcome.Refused) Identity.of(config, 3181, own)).sentence();
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(something -> !something.isEmpty());
    }

    private static IdentityConfig config(String id, String address, boolean allowLoopback) {
        return new IdentityConfig(given(id), given(address), allowLoopback);
    }

    private static InetAddress address(int... bytes) {
        byte[] raw = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            raw[i] = (byte) bytes[i];
        }
        try {
            return InetAddress.getByAddress("this.example", raw);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
