package io.parley.bridge;

/**
 * What a wire bears.
 *
 * @param maxFrame bytes of one text from the peer
 * @param maxWaiting bytes that may wait for the peer to read
 */
record WireLimits(int maxFrame, long maxWaiting) {}
