package io.parley.bus.twin.bus;

/** Has the tag of another record on the wire, and another shape. */
public record Said(int text) {}
