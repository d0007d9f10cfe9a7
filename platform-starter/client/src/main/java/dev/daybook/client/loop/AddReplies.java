package dev.daybook.client.loop;

import dev.daybook.core.write.AddReply;
import dev.daybook.core.write.SendAdd;

/** Who hears what a bookie said to an entry. Called on the loop, once for each entry and bookie that it was sent to. */
interface AddReplies {
    void onAddReply(SendAdd<OutgoingEntry> sent, AddReply reply);
}
