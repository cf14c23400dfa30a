/**
 * Why a request was refused: one catalogue of reasons, one type that carries them.
 *
 * <p>Everybody may use it; it knows nobody. A number once given to a reason never changes, and
 * nothing of an unforeseen error may leave the process: it travels as INTERNAL.
 */
@NullMarked
package io.parley.failure;

import org.jspecify.annotations.NullMarked;
