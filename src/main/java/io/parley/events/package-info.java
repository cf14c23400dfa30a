/**
 * Events: what happens on this server, told to those who were named in its configuration.
 *
 * <p>{@link io.parley.events.EventKind} is the catalogue, {@link io.parley.events.Event} the
 * shapes, {@code EVENTS.md} the contract in words. Whoever is to be told is an {@link
 * io.parley.events.EventConsumer}. Nobody asks this package for anything, and nothing waits for it.
 * It must never happen that an event carries what somebody wrote, nor that an entry of a log is
 * left out or comes before one that stands before it, nor that one who is told slowly, or not at
 * all, holds up anybody else.
 */
@NullMarked
package io.parley.events;

import org.jspecify.annotations.NullMarked;
