package dev.daybook.engine.request;

/**
 * An add, with the facts that the body carries.
 *
 * @param ledgerId from the body
 * @param entryId from the body
 * @param lac from the body; meaningless if the body is not well-formed
 * @param wellFormed the body holds at least its first 24 bytes
 * @param recovery passes a fence
 * @param deferredSync acknowledge once the operating system has it
 * @param highPriority a write of ledger recovery, which a read-only bookie may take
 */
public record AddCommand<P>(
        long ledgerId,
        long entryId,
        long lac,
        byte[] masterKey,
        P payload,
        boolean wellFormed,
        boolean recovery,
        boolean deferredSync,
        boolean highPriority) {}
