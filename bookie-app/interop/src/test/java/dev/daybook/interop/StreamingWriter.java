package dev.daybook.interop;

import dev.daybook.client.AdvancedAppendLedger;
import dev.daybook.client.AppendLedger;
import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerClients;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.WriteLedger;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.Durability;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.wire.Generation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;

/**
 * Our client in a process that can be killed. Arguments: metadata URI, generation. Says {@code ok ready}, reads one
 * command a line:
 *
 * <ul>
 *   <li>{@code create E W A DIGEST plain|adv|deferred}: {@code ok} and a ledger id
 *   <li>{@code stream COUNT SIZE FORCE_EVERY}: appends without waiting; says {@code acked ID} and {@code forced ID}
 * </ul>
 */
public final class StreamingWriter {
    /** Ids of advanced handles are submitted backwards within groups of this size. */
    private static final int GROUP = 4;

    private final LedgerClient client;
    private final PrintStream answers;

    private StreamingWriter(LedgerClient client, PrintStream answers) {
        this.client = client;
        this.answers = answers;
    }

    public static void main(String[] arguments) throws IOException {
        ClientConfig config =
                ClientConfig.of(MetadataUri.parse(arguments[0])).withGeneration(Generation.valueOf(arguments[1]));
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (LedgerClient client = LedgerClients.connect(config);
                BufferedReader commands =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            answers.println("ok ready");
            StreamingWriter writer = new StreamingWriter(client, answers);
            WriteLedger ledger = writer.create(commands.readLine().split(" ", -1));
            answers.println("ok " + ledger.id());
            String[] stream = commands.readLine().split(" ", -1);
            writer.stream(
                    ledger, Integer.parseInt(stream[1]), Integer.parseInt(stream[2]), Integer.parseInt(stream[3]));
            answers.println("ok streamed");
            commands.readLine();
        }
    }

    private WriteLedger create(String[] words) {
        Quorum quorum = new Quorum(Integer.parseInt(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3]));
        LedgerSpec spec =
                LedgerSpec.of(quorum).withDigest(DigestType.valueOf(words[4])).withPassword(OurClient.PASSWORD);
        return switch (words[5]) {
            case "adv" -> OurClient.await(client.createAdvanced(spec));
            case "deferred" -> OurClient.await(client.create(spec.withDurability(Durability.DEFERRED_SYNC)));
            default -> OurClient.await(client.create(spec));
        };
    }

    private void stream(WriteLedger ledger, int count, int size, int forceEvery) {
        for (int i = 0; i < count; i++) {
            CompletionStage<EntryId> appended;
            if (ledger instanceof AdvancedAppendLedger advanced) {
                long id = (long) i - i % GROUP + (GROUP - 1 - i % GROUP);
                appended = advanced.append(new EntryId(id), Payloads.payload(id, size));
            } else {
                appended = ((AppendLedger) ledger).append(Payloads.payload(i, size));
            }
            var unused = appended.thenAccept(id -> answers.println("acked " + id));
            if (forceEvery > 0 && i % forceEvery == forceEvery - 1) {
                var ignored = ledger.force().thenAccept(id -> answers.println("forced " + id));
            }
        }
    }
}
