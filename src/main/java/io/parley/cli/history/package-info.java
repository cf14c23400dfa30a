/**
 * What clients of a chat server saw, and the proof that it was right.
 *
 * <p>Called by {@code parley verify} and by tests. Clients keep an {@code Event} for everything
 * they do and are told; the {@code Checker} holds these histories against the logs as the store has
 * them. Nothing here speaks to a server, and the checker keeps no state: the same histories give
 * the same verdict. It must never happen that an event is left out because it looks wrong, nor that
 * a violation is judged from anything but what clients saw and the store has.
 */
@NullMarked
package io.parley.cli.history;

import org.jspecify.annotations.NullMarked;
