package dev.daybook.client.loop;

import dev.daybook.client.WriteLedger;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.concurrent.CompletionStage;

/** A handle that leaves to its writing end whatever does not depend on who numbers the entries. */
interface ForwardingLedger extends WriteLedger {
    WritingEnd end();

    @Override
    default LedgerId id() {
        return end().id();
    }

    @Override
    default long lastAddConfirmed() {
        return end().lastAddConfirmed();
    }

    @Override
    default long length() {
        return end().length();
    }

    @Override
    default LedgerMetadata metadata() {
        return end().metadata();
    }

    @Override
    default CompletionStage<Long> force() {
        return end().force();
    }

    @Override
    default CompletionStage<LedgerMetadata> closeLedger() {
        return end().closeLedger();
    }

    @Override
    default void close() {
        end().close();
    }
}
