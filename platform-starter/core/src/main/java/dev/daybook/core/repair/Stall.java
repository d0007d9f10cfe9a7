package dev.daybook.core.repair;

/** @param detail one sentence for a person */
public record Stall(StallReason reason, String detail) {}
