package io.parley.log;

/**
 * What a batch makes of a message that stands already.
 *
 * @param seq the place of the message
 * @param state after the whole batch
 */
public record Revised(LogId log, long seq, MessageState state) {}
