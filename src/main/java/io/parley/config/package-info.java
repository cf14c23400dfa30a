/**
 * The configuration: what can be set, from where it comes, and whether it makes sense.
 *
 * <p>{@code conf/parley.yaml} is the only source of defaults and the documentation of every key;
 * the records here give the keys their types. Anybody may read the records; only the command line
 * loads them. A wrong configuration never gets past {@link io.parley.config.ConfigLoader}, and a
 * secret never leaves {@link io.parley.config.Secret} in print.
 */
@NullMarked
package io.parley.config;

import org.jspecify.annotations.NullMarked;
