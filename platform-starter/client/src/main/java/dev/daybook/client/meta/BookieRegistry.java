package dev.daybook.client.meta;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.BookieServiceInfo;
import dev.daybook.protocol.model.Versioned;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What a bookie writes to the metadata service: its cookie and its registration. Thread-safe. */
public interface BookieRegistry {
    /** The stored cookie's bytes; empty if the bookie never joined. */
    CompletionStage<Optional<Versioned<byte[]>>> readCookie(BookieId bookie);

    /** Creates the cookie; false if one exists. */
    CompletionStage<Boolean> createCookie(BookieId bookie, byte[] cookie);

    /** Replaces the cookie if its version is still the expected one; false otherwise. */
    CompletionStage<Boolean> updateCookie(BookieId bookie, byte[] cookie, long expectedVersion);

    /** Removes the cookie if its version is still the expected one; false otherwise. */
    CompletionStage<Boolean> deleteCookie(BookieId bookie, long expectedVersion);

    /**
     * Registers under the present session and keeps registering again after a session is lost, in the mode last asked
     * for. An existing node of another session is waited for up to the session timeout. Going from one mode to the
     * other creates the new node before it removes the old one.
     */
    CompletionStage<Void> register(BookieId bookie, boolean readOnly, BookieServiceInfo service);

    /** Called when registering again after a lost session failed for good: the bookie must stop. */
    void onRegistrationLost(Runnable listener);

    /** Removes the registration. */
    CompletionStage<Void> unregister(BookieId bookie);

    /**
     * Creates root, available, available/readonly, INSTANCEID and LAYOUT in a fresh metadata service; does nothing if
     * the root exists.
     *
     * @return true if it was created by this call
     */
    CompletionStage<Boolean> initialiseCluster();
}
