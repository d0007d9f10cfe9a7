package dev.daybook.protocol.model;

/** A value together with the store's version of it, which a later compare-and-swap must name. */
public record Versioned<T>(T value, long version) {}
