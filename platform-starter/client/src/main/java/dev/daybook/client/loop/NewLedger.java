package dev.daybook.client.loop;

import dev.daybook.protocol.model.Durability;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerMetadata.Credentials;
import dev.daybook.protocol.model.Versioned;

/**
 * A ledger that this client has just created, and how it is going to write it.
 *
 * @param chosenIds the application numbers the entries
 */
record NewLedger(
        LedgerId id,
        Versioned<LedgerMetadata> record,
        Credentials credentials,
        Durability durability,
        boolean chosenIds) {}
