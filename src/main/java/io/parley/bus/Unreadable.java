package io.parley.bus;

/**
 * What a message turns into that cannot be decoded. An exception instead would leave whoever waits
 * for the answer waiting for ever.
 *
 * @param why without anything that was sent
 */
record Unreadable(String why) {}
